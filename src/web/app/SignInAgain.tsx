import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Me } from '#domain/people/commands.ts';
import { SignInForm } from '../people/SignInForm.tsx';
import { putOffSignIn } from '../ui/session-gate.ts';
import { signedIn, signOut } from './session.ts';

/** Over whatever is open, when the session has ended: nothing typed is lost, and what waited goes on afterwards. */
export function SignInAgain({ me, mayPutOff }: { me: Me; mayPutOff: boolean }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('app.sign_in_again.title')}
      size="sm"
    >
      <p style={{ marginBottom: 16 }}>{t('app.sign_in_again.why')}</p>
      <SignInForm email={me.email} onSignedIn={() => void signedIn()} />
      {mayPutOff && (
        <Button variant="default" fullWidth mt="sm" onClick={() => putOffSignIn(true)}>
          {t('app.sign_in_again.later')}
        </Button>
      )}
      <Button variant="subtle" color="gray" mt="sm" onClick={() => void signOut()}>
        {t('app.sign_in_again.other')}
      </Button>
    </Modal>
  );
}
