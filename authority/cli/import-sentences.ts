import type { ImportProblem, ImportReason } from '../services/hardware/entries.ts';
import type { Language } from './answer.ts';
import { text, type Text } from './command.ts';

/** Why a file of tokens, or one of its keys or lines, was not imported, as the issuer reads it. */
const sentences: Record<ImportReason, Text> = {
  empty: text('el archivo está vacío', 'the file is empty'),
  tooLarge: text('el archivo pasa de 4 MiB: divídalo', 'the file is larger than 4 MiB: divide it'),
  notXml: text('no es XML bien formado', 'it is not well-formed XML'),
  doctype: text('contiene un DOCTYPE, que no se admite', 'it contains a DOCTYPE, which is not taken'),
  notPskc: text('no es un contenedor PSKC (RFC 6030)', 'it is not a PSKC container (RFC 6030)'),
  version: text('la versión de PSKC no es 1.0', 'the version of PSKC is not 1.0'),
  noKeys: text('no contiene ningún token', 'it contains no token'),
  header: text('la primera línea debe ser serial,seed,type,digits,step y, si hace falta, algorithm,counter', 'the first line must be serial,seed,type,digits,step and, if needed, algorithm,counter'),
  ambiguousSeeds: text('las semillas se leen como hexadecimal y como base32: diga cuál con --encoding', 'the seeds can be read as hexadecimal and as base32: say which by --encoding'),
  keyMissing: text('está cifrado con una llave compartida: indíquela con --key-file', 'it is encrypted by a pre-shared key: give it by --key-file'),
  keyInvalid: text('la llave compartida no es de 128, 192 o 256 bits en hexadecimal o base64', 'the pre-shared key is not one of 128, 192 or 256 bits in hexadecimal or base64'),
  passwordMissing: text('está cifrado con una contraseña: indíquela con --password-file', 'it is encrypted by a password: give it by --password-file'),
  asymmetric: text('está cifrado para un certificado o una llave pública: pídalo con llave compartida o contraseña', 'it is encrypted to a certificate or public key: ask for one with a pre-shared key or password'),
  derivationUnknown: text('la llave no se deriva por PBKDF2 con parámetros conocidos', 'the key is not derived by PBKDF2 with known parameters'),
  tooManyIterations: text('pide más de 2 000 000 de iteraciones de PBKDF2', 'it asks for more than 2,000,000 iterations of PBKDF2'),
  encryptionUnknown: text('el cifrado no es AES-CBC', 'the encryption is not AES-CBC'),
  keyLength: text('la llave no tiene la longitud del cifrado', 'the key has not the length of the encryption'),
  macMissing: text('está cifrado sin código de autenticación (MAC)', 'it is encrypted without an authentication code (MAC)'),
  macUnknown: text('el algoritmo del código de autenticación no se conoce', 'the algorithm of the authentication code is not known'),
  macWrong: text('el código de autenticación no es correcto: llave o contraseña equivocada, o archivo alterado', 'the authentication code is not right: a wrong key or password, or a changed file'),
  cipherBroken: text('el valor cifrado está dañado', 'the encrypted value is damaged'),
  fields: text('no tiene tantos campos como la primera línea', 'it has not as many fields as the first line'),
  serial: text('falta el número de serie o no es de 1 a 64 caracteres visibles', 'the serial number is missing, or is not 1 to 64 visible characters'),
  serialTwice: text('la serie está dos veces en el archivo', 'the serial is in the file twice'),
  serialInUse: text('la serie ya está registrada', 'the serial is registered already'),
  noSecret: text('no trae semilla', 'it brings no seed'),
  keyByReference: text('la semilla solo se nombra, no viene en el archivo', 'the seed is only named, it is not in the file'),
  seed: text('la semilla no se puede leer', 'the seed cannot be read'),
  seedShort: text('la semilla tiene menos de 128 bits', 'the seed has less than 128 bits'),
  type: text('no es HOTP ni TOTP', 'it is neither HOTP nor TOTP'),
  algorithm: text('la función no es HMAC con SHA-1, SHA-256 o SHA-512', 'the function is not HMAC with SHA-1, SHA-256 or SHA-512'),
  digits: text('el código no es de 6 u 8 dígitos decimales', 'the code is not one of 6 or 8 decimal digits'),
  period: text('el paso no es de 1 a 3600 segundos', 'the step is not 1 to 3600 seconds'),
  counter: text('el contador no es un número entero en claro', 'the counter is not a whole number in clear'),
  drift: text('el desfase no es de −10 a 10 pasos', 'the drift is not −10 to 10 steps'),
  policy: text('trae una condición de uso que no se conoce', 'it brings a condition of use that is not known'),
  pinInCode: text('su código lleva un PIN que el dispositivo no comprueba', 'its code contains a PIN that the device does not check'),
  usage: text('no se entregó para contraseñas de un solo uso', 'it was not issued for one-time passwords'),
  notYetValid: text('todavía no vale', 'it is not valid yet'),
  expired: text('venció', 'it has expired'),
  notOtp: text('no es un token sino un PIN: se deja fuera', 'it is no token but a PIN: left out'),
};

/** `VTF0020418: la semilla tiene menos de 128 bits`. */
export const importSentence = ({ row, reason }: ImportProblem, language: Language): string => `${row === '' ? '' : `${row}: `}${sentences[reason][language]}`;
