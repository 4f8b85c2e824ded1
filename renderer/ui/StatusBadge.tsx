import { useTranslation } from 'react-i18next';
import type { ApprovalState } from '../../shared/domain/admin-actions.ts';
import type { TokenState } from '../../shared/domain/token-states.ts';
import { Badge, type Tone } from './Badge.tsx';
import {
  IconBan, IconCheck, IconCircle, IconCircleCheck, IconCircleOff, IconClockX, IconFlag, IconHourglass, IconLock, IconMailForward, IconX,
} from './icons.ts';

interface Look {
  readonly tone: Tone;
  readonly Icon: typeof IconLock;
}

/** What a person can have: a token in some state, or none yet. */
export type ShownTokenState = TokenState | 'none';

export const tokenStateLooks: Record<TokenState, Look> = {
  active: { tone: 'ok', Icon: IconCircleCheck },
  assigned: { tone: 'info', Icon: IconMailForward },
  pending_activation: { tone: 'amber', Icon: IconHourglass },
  blocked: { tone: 'red', Icon: IconLock },
  available: { tone: 'neutral', Icon: IconCircle },
  revoked: { tone: 'neutral', Icon: IconCircleOff },
};

const resultLooks: Record<ApprovalState, Look> = {
  pending: { tone: 'amber', Icon: IconHourglass },
  approved: { tone: 'ok', Icon: IconCheck },
  denied: { tone: 'neutral', Icon: IconX },
  reported: { tone: 'red', Icon: IconFlag },
  expired: { tone: 'neutral', Icon: IconClockX },
  cancelled: { tone: 'neutral', Icon: IconBan },
};

/** A token's state: icon, text and colour. `none` reads "Sin token". */
export function StatusBadge({ state }: { readonly state: ShownTokenState }) {
  const { t } = useTranslation('ui');
  if (state === 'none') return <Badge tone="neutral">{t('tokenState.none')}</Badge>;
  const { tone, Icon } = tokenStateLooks[state];
  return <Badge tone={tone} icon={<Icon aria-hidden />}>{t(`tokenState.${state}`)}</Badge>;
}

/** What became of an approval. */
export function ResultBadge({ result }: { readonly result: ApprovalState }) {
  const { t } = useTranslation('ui');
  const { tone, Icon } = resultLooks[result];
  return <Badge tone={tone} icon={<Icon aria-hidden />}>{t(`result.${result}`)}</Badge>;
}
