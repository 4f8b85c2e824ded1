import type { UserRole } from '../../shared/domain/users.ts';

/** The people of "Probar en este equipo": one admin, and members of whom each shows something. Nobody of these exists. */
export interface SamplePerson {
  readonly userName: string; readonly name: string; readonly role: UserRole; readonly language: 'es' | 'en';
  readonly mobile: string | null;
  readonly note: string;
  readonly inactive?: true;
  /** Serial of the hardware token he has. */
  readonly hardware?: string;
}

export const sampleCompany = { name: 'Textiles del Valle S.A.S.', serialPrefix: 'FEF', tokens: 25 } as const;
export const sampleIssuer = 'Banco Páramo';
/** The sample portal, which serves the sample company: on her token a person reads the name that the portal gives itself. */
export const samplePortal = sampleIssuer;
/** Numbers that nobody has, so that the help screen is not empty. */
export const sampleSupport = [
  { label: 'Línea nacional', value: '01 8000 000 000', href: 'tel:018000000000', hours: 'Lunes a viernes, 7:00 a. m. a 7:00 p. m.' },
  { label: 'Correo', value: 'soporte@bancoparamo.example', href: 'mailto:soporte@bancoparamo.example', hours: null },
];
/** Of everybody in the sample, until somebody sets his own through the link. */
export const samplePassword = 'niebla-frailejon-48';
export const emailOf = ({ userName }: Pick<SamplePerson, 'userName'>): string => `${userName}@textilesdelvalle.example`;

const person = (userName: string, name: string, line: number, note: string, more: Partial<SamplePerson> = {}): SamplePerson => ({ userName, name, role: 'member', language: 'es', mobile: `+5730055501${String(line).padStart(2, '0')}`, note, ...more });

export const samplePeople: readonly SamplePerson[] = [
  person('mrestrepo', 'Mariana Restrepo Uribe', 1, 'Administradora; el emisor activa su token', { role: 'admin' }),
  person('bmontoya', 'Beatriz Elena Montoya de Echeverri', 2, 'Lista para recibir un token'),
  person('aquintero', 'Andrés Felipe Quintero', 3, 'Tiene un token físico', { hardware: 'VTF0020418' }),
  person('dmejia', 'Diego Mejía Zapata', 4, 'Listo para recibir un token'),
  person('cospina', 'Camila Ospina Gil', 5, 'Lista para recibir un token'),
  person('mfernandez', 'María del Rosario Fernández de Córdoba y Villavicencio de los Ángeles', 6, 'Un nombre muy largo'),
  person('kwhitfield', 'Karen Whitfield', 7, 'Recibe mensajes y pantallas en inglés', { language: 'en' }),
  person('jsalazar', 'Julián Salazar Ocampo', 8, 'Inactivo: no se le puede asignar', { inactive: true }),
  person('lcardenas', 'Laura Cárdenas Pineda', 9, 'Sin celular: no se le puede asignar', { mobile: null }),
  person('shernandez', 'Sofía Hernández Rúa', 10, 'Lista para recibir un token'),
];
