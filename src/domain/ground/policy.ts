/** Roles of the service firm's people; one person may hold several. */
export const staffRoles = ['engineer', 'dispatcher', 'manager', 'sales', 'administrator'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** `contact` is anyone of a customer in the portal; `anyone` needs no sign-in. */
export type Role = StaffRole | 'contact' | 'customer_administrator' | 'anyone';

/** Which roles may do which operation; the key is operationId and permission in one. */
export type Policy = Record<string, readonly Role[]>;

export const allStaff: readonly StaffRole[] = staffRoles;
