/** Every sentence of the portal in Spanish. The English ones have the same names. */
export const es = {
  bank: 'Banco Páramo', sample: 'Portal de muestra', skip: 'Ir al contenido', signOut: 'Salir', otherLanguage: 'English',
  login: {
    title: 'Entre a su banco', lead: 'Primero su usuario y su contraseña; después, su token.', user: 'Usuario', password: 'Contraseña', action: 'Continuar',
    wrong: 'El usuario o la contraseña no son correctos. No entró nadie. Revíselos y escríbalos otra vez.',
    tooMany: 'Hubo demasiados intentos seguidos. No entró nadie. Espere unos minutos.',
    away: 'No pudimos comprobar su identidad en este momento. No entró nadie. Intente otra vez en un minuto.',
    left: 'Salió de su banco.', over: 'Su sesión terminó. Entre otra vez.',
  },
  waiting: {
    login: 'Confirme en su token', payment: 'Firme el pago en su token',
    lead: 'La solicitud está en Vínculo, en su equipo. Escriba allá este número y confirme con su PIN.',
    number: 'Número de la solicitud', copy: 'Copiar', copied: 'Número copiado', qr: 'Código QR de la solicitud: léalo con “Escanear QR” en Vínculo', qrHint: 'O lea este código con “Escanear QR” en Vínculo.',
    left: 'Vence en', soon: 'Vence pronto', secondsLeft: 'Quedan {n} segundos', back: 'Retirar la solicitud',
    trying: 'Ahora no alcanzamos la autoridad de los tokens. Seguimos intentando; usted no tiene que hacer nada.',
    message: 'Entrada a Banco Páramo',
  },
  code: {
    title: 'Escriba el código de su token', instead: 'Usar el código del token', label: 'Código', action: 'Entrar con el código',
    hint: { code: 'Los seis dígitos que Vínculo muestra en “Mi token”.', hardware: 'Los dígitos que muestra su token físico.', temporary: 'Su token, o el código temporal que le dio su administrador.', temporaryOnly: 'El código temporal que le dio su administrador.' },
    wrong: 'El código no es correcto, o ya se usó. No entró nadie. Escriba el que se muestra ahora.',
  },
  offline: {
    instead: 'Mi equipo no tiene conexión', lead: 'En Vínculo abra “Escanear QR” y lea este código. Después del PIN, Vínculo le da ocho dígitos: escríbalos aquí.',
    qr: 'Código QR con la solicitud firmada', label: 'Respuesta de ocho dígitos', action: 'Enviar la respuesta',
    wrong: 'La respuesta no es correcta. No se aprobó nada. Le quedan {n} intentos.', wrongOne: 'La respuesta no es correcta. No se aprobó nada. Le queda un intento.',
    refused: 'La respuesta no se aceptó. No se aprobó nada. Empiece otra vez.',
  },
  ended: {
    denied: { title: 'Rechazó la solicitud', text: 'En su token eligió “Rechazar”. No entró nadie.', payment: 'En su token eligió “Rechazar”. El pago no se hizo.' },
    reported: { title: 'Dijo “No fui yo”', text: 'No entró nadie. Su token quedó bloqueado y avisamos a su administrador.', payment: 'El pago no se hizo. Su token quedó bloqueado y avisamos a su administrador.' },
    expired: { title: 'La solicitud venció', text: 'Nadie respondió a tiempo. No entró nadie.', payment: 'Nadie respondió a tiempo. El pago no se hizo.' },
    cancelled: { title: 'La solicitud se retiró', text: 'Ya no se puede aprobar. No entró nadie.', payment: 'Ya no se puede aprobar. El pago no se hizo.' },
    failed: { title: 'No supimos la respuesta', text: 'La autoridad de los tokens no respondió. No entró nadie.', payment: 'La autoridad de los tokens no respondió. El pago no se hizo.' },
    nobody: { title: 'Su token no está activo', text: 'Así no se puede entrar. Hable con el administrador de su empresa: él puede activarlo o darle un código temporal.' },
    again: 'Pedir otra solicitud', start: 'Volver al inicio', toAccounts: 'Volver a las cuentas',
    slowDown: 'Se pidieron demasiadas solicitudes seguidas. No se envió otra. Espere {n} segundos.', away: 'La autoridad de los tokens no respondió. No se envió nada. Intente otra vez en un minuto.',
  },
  home: {
    title: 'Sus cuentas', welcome: 'Entró como {user}.', account: 'Cuenta', kind: 'Tipo', balance: 'Saldo', checking: 'Corriente', savings: 'Ahorros',
    factor: { signature: 'Aprobación firmada en su token', mac: 'Respuesta de ocho dígitos, sin conexión', code: 'Código de un solo uso', password: 'Solo contraseña: su empresa todavía no usa tokens para entrar' },
    pay: 'Ordenar un pago', payee: 'Beneficiario', payeeAccount: 'Cuenta del beneficiario', amount: 'Valor', currency: 'Moneda', reference: 'Referencia (opcional)', payAction: 'Continuar a la firma',
    needsToken: 'Los pagos se firman en el token virtual activo.', amountWrong: 'El valor no se entiende. No se ordenó nada. Escríbalo p. ej. así: 48.350.000', fieldMissing: 'Falta un dato, o tiene signos que no se muestran. No se ordenó nada.',
    orders: 'Pagos de esta sesión', noOrders: 'Todavía no hay pagos.', state: 'Estado',
    states: { pending: 'Espera la firma', approved: 'Firmado', denied: 'Rechazado', reported: 'No fui yo', expired: 'Vencido', cancelled: 'Retirado', failed: 'Sin respuesta' },
  },
  receipt: {
    title: 'Pago firmado', lead: 'El beneficiario y el valor son los que se mostraron y se firmaron en su token.', evidence: 'Evidencia', download: 'Descargar la evidencia', notReady: 'La evidencia estará lista en unos segundos.', reload: 'Mirar otra vez',
    kind: 'Clase', signature: 'Firma de la llave de aprobación', mac: 'Respuesta sin conexión (MAC)', serial: 'Token', decided: 'Firmado el', hash: 'Huella de la solicitud', key: 'Llave que firmó',
    checks: 'Lo que este portal comprobó', same: 'El pago firmado es el ordenado', bound: 'El comprobante de la autoridad nombra esta solicitud', yes: 'Sí', no: 'No',
    verify: 'Con “authority evidence verify” la revisa quien tenga las llaves públicas, sin la autoridad.', signed: 'Lo que se firmó',
  },
  error: { title: 'Esto no está', text: 'La página no existe, o ya pasó.', forbidden: 'Esa orden no salió de una página de este portal. No se hizo nada.' },
};
export type Texts = typeof es;
