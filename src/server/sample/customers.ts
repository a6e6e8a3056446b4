import { bank } from './customers/bank.ts';
import { factory } from './customers/factory.ts';
import { hospital } from './customers/hospital.ts';
import { hotel } from './customers/hotel.ts';
import { logistics } from './customers/logistics.ts';
import { power } from './customers/power.ts';
import { restaurants } from './customers/restaurants.ts';
import { retail } from './customers/retail.ts';
import { school } from './customers/school.ts';
import type { SampleCustomer } from './story.ts';

export const sampleCustomers: SampleCustomer[] = [
  restaurants,
  hospital,
  bank,
  factory,
  power,
  school,
  logistics,
  hotel,
  retail,
];
