import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { signedIn } from '../app/session.ts';
import { OutsidePage } from './OutsidePage.tsx';
import { SignInForm } from './SignInForm.tsx';

/**
 * The one door for colleagues and customers. It stands at whatever address somebody came to, and gives way to what
 * is there for them.
 */
export function SignIn() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <OutsidePage title={t('people.sign_in.title')}>
      <SignInForm
        onSignedIn={() => void signedIn()}
        forgotten={() => void navigate({ to: '/forgot-password' })}
      />
    </OutsidePage>
  );
}
