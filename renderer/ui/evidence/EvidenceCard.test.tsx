import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { axeViolations, renderScreen } from '../../testing/render.tsx';
import { EvidenceCard, type EvidenceCardProps } from './EvidenceCard.tsx';

const payment = { amount: '48350000.50', currency: 'COP', payee: 'Hilanderías Unidas de Antioquia S.A.S.', account: 'Banco Cordillera · Corriente terminada en 4471', reference: 'Factura HU-20418' };
const props: EvidenceCardProps = {
  approvalId: '9f3c71e0-0000-4000-8000-000000000001', state: 'approved', decidedAt: 1_000, signer: { serial: 'FEF4900032', device: 'TDV-PT-0412', name: 'Mariana' },
  checks: { authoritySignature: true, deviceSignature: true, chain: true, entry: 48_211 }, answeredBy: 'signature',
  shown: { ask: { kind: 'transaction', portal: 'Banco Páramo Empresas', payment }, names: [], serials: [], requestedAt: 0, ip: '203.0.113.48' },
  hash: 'a'.repeat(64), onSave: () => undefined, onCopyHash: async () => undefined,
};
const facts = () => Object.fromEntries([...document.querySelectorAll('dt')].map((label) => [label.textContent, label.nextElementSibling?.textContent?.replaceAll('\u00a0', ' ')]));

test('S9, S10: the evidence of a payment shows every field that was signed, in the same figures', async () => {
  renderScreen(<EvidenceCard {...props} />);
  expect(facts()).toMatchObject({
    'Lo que se mostró': 'Pago de $ 48.350.000,50 COP a Hilanderías Unidas de Antioquia S.A.S. · Banco Páramo Empresas',
    'Cuenta del beneficiario': payment.account, Concepto: 'Factura HU-20418', 'Token que firmó': 'FEF4900032 · TDV-PT-0412', 'Firma del dispositivo': 'Válida',
  });
  expect(await axeViolations()).toEqual([]);
});

test('S10: eight digits without network are named as what they are: an answer, and no signature', () => {
  renderScreen(<EvidenceCard {...props} answeredBy="mac" shown={{ ...props.shown!, ask: { kind: 'transaction', portal: 'Banco Páramo', payment: { ...payment, reference: null } } }} />);
  expect(facts()).toMatchObject({ 'Token que respondió': 'FEF4900032 · TDV-PT-0412', 'Firma del dispositivo': 'No hay: ocho dígitos sin conexión (evidencia MAC)' });
  expect(facts()).not.toHaveProperty('Concepto');
  expect(screen.queryByText('Token que firmó')).toBeNull();
});
