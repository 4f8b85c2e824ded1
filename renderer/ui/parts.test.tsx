import { act, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { approvalStates } from '../../shared/domain/admin-actions.ts';
import { tokenStates } from '../../shared/domain/token-states.ts';
import { axeViolations, renderScreen } from '../testing/render.tsx';
import { useAnnounce, useToast } from './Announcer.tsx';
import { BeforeAfter } from './BeforeAfter.tsx';
import { BindSteps } from './BindFrame.tsx';
import { CodeCard, lateSeconds } from './CodeCard.tsx';
import { Facts } from './Facts.tsx';
import { FingerprintWords } from './FingerprintWords.tsx';
import { PinField } from './PinField.tsx';
import { StateBar } from './StateBar.tsx';
import { EmptyState, ErrorState, OfflineBanner } from './States.tsx';
import { ResultBadge, StatusBadge } from './StatusBadge.tsx';
import { TimeLeftBar } from './TimeLeftBar.tsx';

const codeProps = { serialNumber: 'FEF4900032', code: '418207', nextCode: '902553', stepSeconds: 30, hidden: false, clockVerified: true, onHide: () => undefined, onCopy: async () => undefined };

test('every state of a token and every result has its word and an icon', () => {
  renderScreen(<>{tokenStates.map((state) => <StatusBadge key={state} state={state} />)}{approvalStates.map((state) => <ResultBadge key={state} result={state} />)}</>);
  for (const text of ['Disponible', 'Asignado', 'Pendiente Activación', 'Activo', 'Bloqueado', 'Revocado', 'Aprobada', 'Rechazada', 'No fui yo', 'Vencida']) {
    expect(screen.getByText(text).parentElement?.querySelector('svg')).not.toBeNull();
  }
});

test('the code: the next one only in the last seconds, digit by digit for screen readers', async () => {
  const { rerender } = renderScreen(<CodeCard {...codeProps} secondsLeft={lateSeconds + 1} />);
  expect(screen.queryByText('902 553')).toBeNull();
  expect(screen.getByText('4 1 8 2 0 7')).toBeTruthy();
  expect(screen.getByRole('img', { name: 'Quedan 9 segundos' })).toBeTruthy();
  expect(await axeViolations()).toEqual([]);
  rerender(<></>);
  renderScreen(<CodeCard {...codeProps} secondsLeft={lateSeconds} />);
  expect(screen.getByText('902 553')).toBeTruthy();
});

test('a hidden code is nowhere in the page', () => {
  renderScreen(<CodeCard {...codeProps} secondsLeft={3} hidden />);
  expect(document.body.textContent).not.toMatch(/418|207|902|4 1 8/);
  expect(screen.getByText('Código oculto')).toBeTruthy();
});

test('copying says that it was copied', async () => {
  const onCopy = vi.fn(async () => undefined);
  renderScreen(<CodeCard {...codeProps} secondsLeft={20} onCopy={onCopy} />);
  await userEvent.setup().click(screen.getByRole('button', { name: 'Copiar código' }));
  expect(onCopy).toHaveBeenCalledOnce();
  expect(await screen.findByRole('button', { name: 'Código copiado' })).toBeTruthy();
});

test('the PIN field keeps digits only, twelve at most', async () => {
  function Field() {
    const [pin, setPin] = useState('');
    return <><PinField label="PIN" value={pin} onChange={setPin} /><output data-testid="value">{pin}</output></>;
  }
  renderScreen(<Field />);
  const user = userEvent.setup();
  await user.type(screen.getByLabelText('PIN'), '12a3 4567890123456');
  expect(screen.getByTestId('value').textContent).toMatch(/^\d{1,12}$/);
  await user.click(screen.getByRole('button', { name: 'Mostrar lo que se escribe' }));
  expect(screen.getByLabelText('PIN').getAttribute('type')).toBe('text');
  expect(await axeViolations()).toEqual([]);
});

test('the state bar: figures carry the meaning, an empty state has no part', () => {
  renderScreen(<StateBar counts={{ active: 1082, assigned: 148, pending_activation: 0, blocked: 17, available: 216 }} />);
  expect(screen.getByText('1.082')).toBeTruthy();
  expect(document.querySelectorAll('[aria-hidden="true"] > [data-state]')).toHaveLength(4);
});

test('the time that is left is said at 60, 20 and 10 seconds and not in between', () => {
  const { rerender } = renderScreen(<TimeLeftBar secondsLeft={61} totalSeconds={300} />);
  expect(document.querySelector('[aria-live="polite"]')?.textContent).toBe('');
  rerender(<></>);
  renderScreen(<TimeLeftBar secondsLeft={20} totalSeconds={300} />);
  expect(document.querySelector('[aria-live="polite"]')?.textContent).toContain('Quedan 20 segundos');
});

test('the same announcement twice is a change twice, and a toast is announced', () => {
  let announce: ReturnType<typeof useAnnounce> = () => undefined;
  let toast: ReturnType<typeof useToast> = () => undefined;
  function Speaker() {
    announce = useAnnounce();
    toast = useToast();
    return null;
  }
  renderScreen(<Speaker />);
  const live = () => document.querySelector('[aria-live="polite"]')?.textContent;
  act(() => announce('Hecho'));
  const first = live();
  act(() => announce('Hecho'));
  expect(live()).not.toBe(first);
  act(() => toast({ tone: 'ok', text: 'Guardado' }));
  expect(live()).toContain('Guardado');
});

test('words, facts, before and after, steps and states have names and structure', async () => {
  renderScreen(
    <main>
      <FingerprintWords words={['puente', 'colibrí', 'granito']} size="large" />
      <Facts items={[{ id: 'serial', label: 'Serie', value: 'FEF4900032', serial: true }]} />
      <BeforeAfter before={<StatusBadge state="none" />} after={<StatusBadge state="assigned" />} />
      <BindSteps title="Título" lead="Texto" current={1} steps={[{ id: 'a', title: 'A', text: 'a' }, { id: 'b', title: 'B', text: 'b' }]} />
      <EmptyState title="Vacío" text="Nada" />
      <ErrorState title="Falló" error={{ code: 'INTERNAL', happened: 'Pasó.', unchanged: 'No cambió.', todo: 'Intente.' }} onRetry={() => undefined} />
      <OfflineBanner since="15:38" onRetry={() => undefined} />
    </main>,
  );
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toContain('1.ª palabrapuente');
  expect(document.querySelector('[aria-current="step"]')?.textContent).toContain('B');
  expect(screen.getAllByRole('alert')[0]?.textContent).toContain('Pasó. No cambió. Intente.');
  expect(await axeViolations()).toEqual([]);
});
