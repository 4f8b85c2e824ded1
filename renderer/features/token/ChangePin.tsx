import { useTranslation } from 'react-i18next';
import { pinWeakness } from '../../../shared/domain/pin.ts';
import type { AccountView } from '../../api/app-state.ts';
import { useCommand } from '../../api/queries.ts';
import { PinField } from '../../ui/PinField.tsx';
import { ChangeSecret } from './ChangeSecret.tsx';

/** A trivial PIN is refused in words before it is sent anywhere. */
export function ChangePin({ account: { id: accountId } }: { readonly account: AccountView }) {
  const { t } = useTranslation('token');
  const change = useCommand('token.changePin', ['app.state']);
  const judge = (next: string) => {
    const weakness = pinWeakness(next);
    return weakness === null ? null : { text: t(`pin.weak.${weakness}`), typing: weakness === 'too_short' };
  };
  return <ChangeSecret kind="pin" Field={PinField} least={6} judge={judge} change={change} onChange={async (pin, newPin) => (await change.run({ accountId, pin, newPin })) !== null} />;
}
