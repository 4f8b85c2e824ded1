import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { passwordWeakness } from '../../../shared/domain/password.ts';
import type { AccountView } from '../../api/app-state.ts';
import { useCommand } from '../../api/queries.ts';
import { PasswordField } from '../../ui/PasswordField.tsx';
import { ChangeSecret } from './ChangeSecret.tsx';

/** Longest password that the contract takes. */
const longest = 256;
const Field = (props: ComponentProps<typeof PasswordField>) => <PasswordField {...props} maxLength={longest} />;

/** The password of the person's user at the authority, where it is kept there. */
export function ChangePassword({ account: { id: accountId, userName } }: { readonly account: AccountView }) {
  const { t } = useTranslation('token');
  const change = useCommand('token.changePassword');
  const judge = (next: string) => {
    const weakness = passwordWeakness(next, userName);
    return weakness === null ? null : { text: t(`password.weak.${weakness}`), typing: weakness === 'too_short' };
  };
  return <ChangeSecret kind="password" Field={Field} least={1} judge={judge} change={change} onChange={async (password, newPassword) => (await change.run({ accountId, password, newPassword })) !== null} />;
}
