import { fireEvent, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { describeError } from '../../../shared/contract/errors.ts';
import { approveLink } from '../../../shared/domain/scanned.ts';
import { clearLink, offerLink } from '../../api/opened-link.ts';
import { FakeFailure, type Handlers } from '../../api/testing/fake-bridge.ts';
import { ids, sampleLogin, samplePayment, sampleState } from '../../api/testing/samples.ts';
import { axeViolations, renderScreen } from '../../testing/render.tsx';
import ScanScreen from './index.tsx';
import { CameraFailure, type CameraProblem } from './reader/camera-problem.ts';
import WindowScanner from './WindowScanner.tsx';

/** The decoder and the camera need a browser; what they read is tested there (test/e2e). */
const found = vi.hoisted(() => ({ codes: [] as string[], camera: null as string | null, refusal: null as string | null, stopped: 0 }));
const codesOf = () => found.codes.map((text) => ({ text, box: { x: 0, y: 0, width: 1, height: 1 } }));
vi.mock('./reader/qr-reader.ts', () => ({ readCodesClosely: () => Promise.resolve(codesOf()), readRegion: () => Promise.resolve(codesOf()) }));
vi.mock('./reader/camera.ts', () => ({
  runCamera: (_id: string, _device: string | null, { onText }: { onText: (text: string) => void }) => {
    if (found.refusal !== null) return Promise.reject(new CameraFailure(found.refusal as CameraProblem));
    const text = found.camera;
    if (text !== null) queueMicrotask(() => onText(text));
    return Promise.resolve({ list: [{ id: 'a', label: 'Integrada' }, { id: 'b', label: '' }], current: 'a', stop: () => { found.stopped += 1; return Promise.resolve(); } });
  },
}));

const user = userEvent.setup({ applyAccept: false });
const link = approveLink({ authority: 'https://autoridad.bancoparamo.example', approvalId: ids.approval(1), number: '418207' });
const second = approveLink({ authority: 'https://autoridad.bancoparamo.example', approvalId: ids.approval(2), number: '902553' });
const request = 'eyJhbGciOiJFUzI1NiJ9.eyJpZCI6IjEifQ.c2ln';
const opened = { kind: 'approval', accountId: ids.account, approvalId: ids.approval(1), number: '418207' } as const;
const handlers = (more: Handlers): Handlers => ({
  'app.state': () => sampleState(), 'scan.open': () => opened, 'scan.captureScreens': () => [{ name: 'DP-1', png: '' }, { name: 'HDMI-1', png: '' }], 'app.copy': () => undefined,
  'scan.answer': () => ({ answer: '48350417', expiresAt: Date.now() + 60_000 }), ...more,
});
const show = (more: Handlers = {}, route = '/scan') => renderScreen(<ScanScreen />, { handlers: handlers(more), route });
const openings = (bridge: { readonly calls: readonly { channel: string; input: unknown }[] }) => bridge.calls.filter(({ channel }) => channel === 'scan.open').map(({ input }) => (input as { text: string }).text);
const paste = (text: string) => fireEvent.paste(document.body, { clipboardData: { files: [], getData: (type: string) => (type === 'text/plain' ? text : '') } });
const picture = () => new File(['x'], 'qr.png', { type: 'image/png' });

beforeEach(() => {
  Object.assign(found, { codes: [], camera: null, refusal: null, stopped: 0 });
  vi.stubGlobal('createImageBitmap', (blob: Blob) => (blob.type === 'image/png' ? Promise.resolve({ width: 1280, height: 720, close: () => undefined }) : Promise.reject(new TypeError('no picture'))));
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:screen', revokeObjectURL: () => undefined }));
  clearLink();
});
afterEach(() => clearLink());

test('all ways are there by name, and nothing is asked of main by itself', async () => {
  const { bridge } = show();
  for (const name of ['Buscar en la pantalla', 'Usar la cámara', 'Elegir una imagen', 'Pegar']) expect(await screen.findByRole('button', { name })).toBeTruthy();
  expect(bridge.calls.filter(({ channel }) => channel.startsWith('scan'))).toEqual([]);
  expect(await axeViolations()).toEqual([]);
});

test('a code on any monitor opens its request', async () => {
  found.codes = ['https://example.com', link];
  const { bridge } = show();
  await user.click(await screen.findByRole('button', { name: 'Buscar en la pantalla' }));
  await waitFor(() => expect(openings(bridge)).toEqual([link]));
  expect((await screen.findAllByText(/se abrió con el número ya escrito/)).length).toBeGreaterThan(0);
});

test('the address can begin with a way', async () => {
  found.codes = [link];
  const { bridge } = show({}, '/scan/screen');
  await waitFor(() => expect(openings(bridge)).toEqual([link]));
});

test('nothing on the screen: the pictures are shown, to mark where to look or to look again', async () => {
  const { bridge } = show();
  await user.click(await screen.findByRole('button', { name: 'Buscar en la pantalla' }));
  expect(await screen.findByText('No se encontró un QR en la pantalla.')).toBeTruthy();
  expect(screen.getAllByRole('img').map((image) => image.getAttribute('alt'))).toEqual(['Captura de DP-1', 'Captura de HDMI-1']);
  expect(await axeViolations()).toEqual([]);
  const area = screen.getByRole('img', { name: 'Captura de DP-1' }).parentElement!;
  area.getBoundingClientRect = () => ({ left: 0, top: 0, width: 640, height: 360 }) as DOMRect;
  area.setPointerCapture = () => undefined;
  const drag = () => { fireEvent.pointerDown(area, { clientX: 10, clientY: 10 }); fireEvent.pointerMove(area, { clientX: 110, clientY: 110 }); fireEvent.pointerUp(area, { clientX: 110, clientY: 110 }); };
  drag();
  expect(await screen.findByText('En ese recuadro no hay un QR que se pueda leer.')).toBeTruthy();
  found.codes = [link];
  drag();
  await waitFor(() => expect(openings(bridge)).toEqual([link]));
});

test('several of ours: the person chooses', async () => {
  found.codes = [link, second];
  const { bridge } = show({}, '/scan/screen');
  expect(await screen.findByRole('heading', { name: 'Hay más de un código' })).toBeTruthy();
  expect(openings(bridge)).toEqual([]);
  expect(await axeViolations()).toEqual([]);
  await user.click(screen.getByRole('button', { name: /902 553/ }));
  await waitFor(() => expect(openings(bridge)).toEqual([second]));
});

test.each([
  ['no permission for the screen', { 'scan.captureScreens': () => { throw new FakeFailure('SCREEN_CAPTURE_REFUSED'); } }, 'El sistema no permitió ver la pantalla.'],
  ['no screen at all', { 'scan.captureScreens': () => [] }, 'No se pudo ver ninguna pantalla.'],
] as [string, Handlers, string][])('%s is said, and the other ways stay', async (_, more, text) => {
  show(more, '/scan/screen');
  expect(await screen.findByText(text)).toBeTruthy();
  expect(screen.getByText(text).closest('[role="alert"]')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Usar la cámara' })).toBeTruthy();
});

test.each([['refused', 'La cámara no está permitida.'], ['none', 'Este equipo no tiene una cámara conectada.'], ['busy', 'Otra aplicación está usando la cámara.'], ['failed', 'La cámara no arrancó.']])('camera %s: said in words with a way out', async (refusal, text) => {
  found.refusal = refusal;
  show({}, '/scan/camera');
  expect(await screen.findByText(text)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Elegir una imagen' })).toBeTruthy();
  expect(await axeViolations()).toEqual([]);
});

test('the camera reads one code, and is off when it has or when it is left', async () => {
  const { bridge } = show({}, '/scan/camera');
  expect(await screen.findByRole('combobox', { name: 'Cámara' })).toBeTruthy();
  expect(await axeViolations()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Buscar de otra forma' }));
  expect(found.stopped).toBe(1);
  found.camera = link;
  await user.click(screen.getByRole('button', { name: 'Usar la cámara' }));
  await waitFor(() => expect(openings(bridge)).toEqual([link]));
  await waitFor(() => expect(found.stopped).toBe(2));
});

test('a picture from a file or dropped is read; what is none is said', async () => {
  found.codes = [link];
  const { bridge } = show();
  await user.upload(await screen.findByTestId('qr-file'), picture());
  await waitFor(() => expect(openings(bridge)).toEqual([link]));
  found.codes = [];
  fireEvent.drop(await screen.findByText('Suelte aquí una imagen con el QR'), { dataTransfer: { files: [picture()], getData: () => '' } });
  expect(await screen.findByText('No hay un QR en esa imagen.')).toBeTruthy();
  fireEvent.drop(screen.getByText('Suelte aquí una imagen con el QR'), { dataTransfer: { files: [new File(['%PDF'], 'x.pdf', { type: 'application/pdf' })], getData: () => '' } });
  expect(await screen.findByText('Eso no es una imagen que se pueda leer.')).toBeTruthy();
});

test('S24: a pasted text is only opened; a huge one is refused without main', async () => {
  const { bridge } = show();
  await screen.findByRole('button', { name: 'Pegar' });
  paste(`  ${link}\n`);
  await waitFor(() => expect(openings(bridge)).toEqual([link]));
  await screen.findByRole('button', { name: 'Pegar' });
  paste('x'.repeat(9000));
  expect(await screen.findByText('Ese código no es de Vínculo.')).toBeTruthy();
  expect(openings(bridge)).toHaveLength(1);
});

test.each(['QR_OTHER_AUTHORITY', 'QR_OTHER_USER', 'QR_REFUSED', 'REQUEST_NOT_GENUINE', 'APPROVAL_EXPIRED', 'APPROVAL_CANCELLED'] as const)('%s is said in three sentences beside the ways', async (code) => {
  show({ 'scan.open': () => { throw new FakeFailure(code); } });
  await screen.findByRole('button', { name: 'Pegar' });
  paste(link);
  const said = describeError(code, 'es');
  expect((await screen.findByText(said.happened)).closest('[role="alert"]')?.textContent).toContain(`${said.unchanged} ${said.todo}`);
  expect(screen.getByRole('button', { name: 'Buscar en la pantalla' })).toBeTruthy();
});

test('S24: a link that arrived waits until the person opens it', async () => {
  offerLink(link);
  const { bridge } = show();
  expect(await screen.findByText('418 207')).toBeTruthy();
  expect(screen.getByText('https://autoridad.bancoparamo.example')).toBeTruthy();
  expect(openings(bridge)).toEqual([]);
  expect(await axeViolations()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Abrir la solicitud' }));
  await waitFor(() => expect(openings(bridge)).toEqual([link]));
  await waitFor(() => expect(screen.queryByText('Un enlace trae una solicitud')).toBeNull());
});

test('an invitation goes to the binding screen; in the approval window it is said where it belongs', async () => {
  const invitation: Handlers = { 'scan.open': () => ({ kind: 'invitation', text: 'https://a.example/i#x' }) };
  const { path, unmount } = show(invitation);
  await screen.findByRole('button', { name: 'Pegar' });
  paste('https://a.example/i#x');
  await waitFor(() => expect(path.history.at(-1)).toBe('/bind'));
  unmount();
  renderScreen(<WindowScanner onDone={() => undefined} onClose={() => undefined} />, { handlers: handlers(invitation) });
  await screen.findByRole('button', { name: 'Pegar' });
  paste('https://a.example/i#x');
  expect(await screen.findByText('Ese código es una invitación.')).toBeTruthy();
});

test('without network: what is asked as the approval screen shows it, the PIN, then eight digits in two groups', async () => {
  const { bridge } = show({ 'scan.open': () => ({ kind: 'offline', approval: samplePayment() }) });
  await screen.findByRole('button', { name: 'Pegar' });
  paste(request);
  expect(await screen.findByRole('region', { name: 'Pago que se firma' })).toBeTruthy();
  expect(screen.getByText('Factura HU-20418')).toBeTruthy();
  expect(await axeViolations()).toEqual([]);
  await user.type(screen.getByLabelText('PIN de su token'), '493817{Enter}');
  expect(await screen.findByRole('heading', { name: 'Escriba esta respuesta en el portal' })).toBeTruthy();
  expect(screen.getByTestId('offline-answer').textContent).toBe('4 8 3 5 0 4 1 748350417');
  expect(screen.getByText(/Sin conexión no se puede comprobar el PIN/)).toBeTruthy();
  expect(bridge.calls.find(({ channel }) => channel === 'scan.answer')?.input).toEqual({ accountId: ids.account, approvalId: ids.approval(1), hash: 'a'.repeat(43), pin: '493817' });
  await user.click(screen.getByRole('button', { name: 'Copiar respuesta' }));
  expect(bridge.calls.find(({ channel }) => channel === 'app.copy')?.input).toEqual({ text: '48350417' });
  expect(await axeViolations()).toEqual([]);
});

test('an offline request that expired, and a PIN that the authority knows to be wrong', async () => {
  const { unmount } = show({ 'scan.open': () => ({ kind: 'offline', approval: sampleLogin({ expiresAt: Date.now() - 1 }) }) });
  await screen.findByRole('button', { name: 'Pegar' });
  paste(request);
  expect(await screen.findByText('La solicitud venció')).toBeTruthy();
  unmount();
  show({ 'scan.open': () => ({ kind: 'offline', approval: sampleLogin() }), 'scan.answer': () => { throw new FakeFailure('PIN_WRONG', { triesLeft: 7 }); } });
  await screen.findByRole('button', { name: 'Pegar' });
  paste(request);
  await user.type(await screen.findByLabelText('PIN de su token'), '493817{Enter}');
  expect(await screen.findByText(/Le quedan 7 intentos/)).toBeTruthy();
});
