import { Suspense } from 'react';
import type { VisitPage } from '#domain/visits/views.ts';
import { lazyPart } from '../../ui/the-rest.ts';
import type { VisitActs } from './use-visit-acts.ts';

// Loaded when first opened: a visit can be read before any of them is needed.
const DispatchDialog = lazyPart(() => import('./DispatchDialog.tsx'), 'DispatchDialog');
const EditVisitDialog = lazyPart(() => import('./EditVisitDialog.tsx'), 'EditVisitDialog');
const ReassignDialog = lazyPart(() => import('./ReassignDialog.tsx'), 'ReassignDialog');
const CancelVisitDialog = lazyPart(() => import('./CancelVisitDialog.tsx'), 'CancelVisitDialog');

export function VisitDialogs({ page, acts }: { page: VisitPage; acts: VisitActs }) {
  const { dialog, close } = acts;
  return (
    <Suspense>
      {dialog === 'dispatch' && <DispatchDialog visit={page.visit} onClose={close} />}
      {dialog === 'edit' && <EditVisitDialog page={page} onClose={close} />}
      {dialog === 'reassign' && <ReassignDialog page={page} onClose={close} />}
      {dialog === 'cancel' && <CancelVisitDialog visit={page.visit} onClose={close} />}
    </Suspense>
  );
}
