import { z } from 'zod';

/**
 * The one closed list of errors. Every entry says, for the person: what happened, what was not changed, what to do.
 * `{name}` stands for a value of the error's data. Causes go to the log, never over the wire.
 */
interface ErrorText { readonly happened: string; readonly unchanged: string; readonly todo: string }
interface ErrorEntry { readonly status: number; readonly es: ErrorText; readonly en: ErrorText }

const entry = (status: number, es: readonly [string, string, string], en: readonly [string, string, string]): ErrorEntry => ({
  status,
  es: { happened: es[0], unchanged: es[1], todo: es[2] },
  en: { happened: en[0], unchanged: en[1], todo: en[2] },
});

const nothing = 'No cambió nada.';
const nothingEn = 'Nothing was changed.';
const tokenKept = 'Su token sigue como estaba.';
const tokenKeptEn = 'Your token is as it was.';
/** For what can come before, between and after the steps of a change: each of them can be taken up again. */
const notLost = 'No se perdió nada.';
const notLostEn = 'Nothing was lost.';
const askToReplace = 'Pida a su administrador (si usted lo es, al emisor) que reemplace el dispositivo.';
const askToReplaceEn = 'Ask your administrator (if you are one, the issuer) to replace the device.';
const notBound = 'Este equipo no quedó vinculado.';
const notBoundEn = 'This computer was not bound.';
const notDecided = 'La solicitud no se aprobó.';
const notDecidedEn = 'The request was not approved.';

export const errorTexts = {
  // Any hop
  INPUT_INVALID: entry(400, ['Falta un dato o no tiene la forma esperada.', nothing, 'Revise lo que escribió e intente otra vez.'], ['A value is missing or has the wrong form.', nothingEn, 'Check what you entered and try again.']),
  DISPLAY_TEXT_REFUSED: entry(400, ['Un texto contiene caracteres que no se pueden mostrar con seguridad.', nothing, 'Escríbalo de nuevo sin caracteres invisibles.'], ['A text contains characters that cannot be shown safely.', nothingEn, 'Type it again without invisible characters.']),
  NOT_FOUND: entry(404, ['Lo que busca no existe.', nothing, 'Vuelva a la lista y ábralo otra vez.'], ['What you are looking for does not exist.', nothingEn, 'Go back to the list and open it again.']),
  MASTER_KEY_STEP: entry(409, ['Ese paso no corresponde a las llaves maestras que la autoridad tiene.', nothing, 'Para “rotate” dé la llave nueva en VINCULO_MASTER_KEY_NEXT_FILE; para “finish”, la nueva debe ser ya la única en todos los procesos. Cambie la configuración, reinicie y repita.'], ['That step does not fit the master keys that the authority has.', nothingEn, 'For “rotate” give the new key in VINCULO_MASTER_KEY_NEXT_FILE; for “finish” the new one must be the only one in every process. Change the configuration, restart and repeat.']),
  BODY_TOO_LARGE: entry(413, ['El envío es demasiado grande.', nothing, 'Envíe menos datos a la vez.'], ['The message is too large.', nothingEn, 'Send less at a time.']),
  RATE_LIMITED: entry(429, ['Hubo demasiados intentos seguidos.', nothing, 'Espere {seconds} segundos e intente otra vez.'], ['There were too many attempts in a row.', nothingEn, 'Wait {seconds} seconds and try again.']),
  INTERNAL: entry(500, ['La autoridad respondió con un error.', nothing, 'Intente otra vez; si se repite, llame a la línea de soporte con este código.'], ['The authority answered with an error.', nothingEn, 'Try again; if it happens again, call support with this code.']),
  STORE_UNAVAILABLE: entry(503, ['La autoridad no tiene acceso a sus datos.', nothing, 'Intente en unos minutos; si se repite, avise a la línea de soporte.'], ['The authority cannot reach its data.', nothingEn, 'Try again in a few minutes; if it happens again, tell support.']),
  STORE_READ_ONLY: entry(503, ['La base de datos de la autoridad no permite escribir.', nothing, 'El emisor debe devolver el permiso de escritura al archivo.'], ['The database of the authority cannot be written to.', nothingEn, 'The issuer must restore write permission on the file.']),
  STORE_FULL: entry(507, ['La autoridad se quedó sin espacio en disco.', nothing, 'El emisor debe liberar espacio; después, intente otra vez.'], ['The authority ran out of disk space.', nothingEn, 'The issuer must free space; then try again.']),
  STORE_NEWER: entry(503, ['La base de datos es de una versión más nueva del programa.', nothing, 'Abra la base con la versión que la creó o con una posterior.'], ['The database belongs to a newer version of the program.', nothingEn, 'Open it with the version that created it, or a later one.']),

  // Invitations and binding
  INVITATION_INVALID: entry(404, ['Esta invitación no existe.', notBound, 'Copie el enlace completo o pida una invitación nueva a su administrador.'], ['This invitation does not exist.', notBoundEn, 'Copy the whole link or ask your administrator for a new invitation.']),
  INVITATION_USED: entry(410, ['Esta invitación ya se usó.', notBound, 'Si no fue usted, avise a su administrador; si cambió de equipo, pídale una nueva.'], ['This invitation has already been used.', notBoundEn, 'If it was not you, tell your administrator; if you changed computers, ask for a new one.']),
  INVITATION_EXPIRED: entry(410, ['Esta invitación venció: vale 72 horas.', notBound, 'Pida a su administrador que la reenvíe.'], ['This invitation expired: it is valid for 72 hours.', notBoundEn, 'Ask your administrator to send it again.']),
  INVITATION_VOID: entry(410, ['Esta invitación fue anulada.', notBound, 'Use la más reciente o pida una nueva a su administrador.'], ['This invitation was voided.', notBoundEn, 'Use the latest one or ask your administrator for a new one.']),
  BINDING_REFUSED: entry(401, ['El usuario, la contraseña o el código no coinciden.', notBound, 'Revise los tres y escríbalos de nuevo.'], ['The user, the password or the code do not match.', notBoundEn, 'Check all three and type them again.']),
  BINDING_EXPIRED: entry(410, ['Pasó demasiado tiempo desde que empezó la vinculación.', notBound, 'Abra la invitación otra vez: sigue vigente.'], ['Too much time passed since you began.', notBoundEn, 'Open the invitation again: it is still valid.']),
  BINDING_CONFLICT: entry(409, ['Esta vinculación ya se completó desde otro equipo.', notBound, 'Si no fue usted, avise ya a su administrador.'], ['This binding was completed from another computer.', notBoundEn, 'If it was not you, tell your administrator now.']),
  SECOND_PROOF_WRONG: entry(403, ['El código no es correcto.', notBound, 'Le quedan {triesLeft} intentos. Escriba el código más reciente.'], ['The code is not right.', notBoundEn, 'You have {triesLeft} tries left. Type the latest code.']),
  SECOND_PROOF_EXPIRED: entry(410, ['El código venció: vale diez minutos.', notBound, 'Pida otro código.'], ['The code expired: it is valid for ten minutes.', notBoundEn, 'Ask for another code.']),
  SECOND_PROOF_EXHAUSTED: entry(403, ['El código se escribió mal cinco veces y quedó anulado.', notBound, 'Pida otro código.'], ['The code was entered wrongly five times and is void.', notBoundEn, 'Ask for another code.']),
  SMS_LIMIT: entry(429, ['Ya se enviaron tres códigos en la última hora.', notBound, 'Espere {seconds} segundos o use el último código.'], ['Three codes were already sent within the hour.', notBoundEn, 'Wait {seconds} seconds or use the latest code.']),
  POSSESSION_INVALID: entry(400, ['Este equipo no pudo demostrar que tiene sus llaves.', notBound, 'Empiece la vinculación otra vez.'], ['This computer could not prove that it holds its keys.', notBoundEn, 'Start the binding again.']),
  PASSWORD_LINK_INVALID: entry(410, ['Este enlace para crear la contraseña ya se usó o venció.', 'La contraseña sigue como estaba.', 'Pida otro enlace a su administrador.'], ['This link to set the password was used or has expired.', 'The password is as it was.', 'Ask your administrator for another link.']),
  PASSWORD_WEAK: entry(400, ['La contraseña es demasiado corta o muy conocida.', 'La contraseña sigue como estaba.', 'Use 12 caracteres o más.'], ['The password is too short or too well known.', 'The password is as it was.', 'Use 12 characters or more.']),
  PASSWORD_WRONG: entry(403, ['La contraseña actual no es correcta.', 'La contraseña sigue como estaba.', 'Escríbala de nuevo; si la olvidó, pida un enlace a su administrador.'], ['The current password is not right.', 'The password is as it was.', 'Type it again; if you forgot it, ask your administrator for a link.']),
  PASSWORD_SAME: entry(400, ['La contraseña nueva es igual a la actual.', 'La contraseña sigue como estaba.', 'Escriba otra.'], ['The new password is the same as the current one.', 'The password is as it was.', 'Type another one.']),
  PASSWORD_ELSEWHERE: entry(409, ['Su contraseña es la del portal de su emisor.', 'La contraseña sigue como estaba.', 'Cámbiela en el portal.'], ['Your password is the one of the portal of your issuer.', 'The password is as it was.', 'Change it at the portal.']),

  // Device sessions
  SESSION_REQUIRED: entry(401, ['La sesión de este equipo terminó.', nothing, 'Vínculo la renueva solo; intente otra vez.'], ['The session of this computer ended.', nothingEn, 'Vínculo renews it by itself; try again.']),
  DPOP_INVALID: entry(401, ['La autoridad no aceptó la prueba de este equipo.', nothing, 'Revise la hora de su equipo e intente otra vez.'], ['The authority did not accept the proof of this computer.', nothingEn, 'Check the clock of your computer and try again.']),
  DPOP_NONCE_REQUIRED: entry(401, ['La autoridad pide una prueba más reciente.', nothing, 'Vínculo la renueva solo; intente otra vez.'], ['The authority asks for a fresher proof.', nothingEn, 'Vínculo renews it by itself; try again.']),
  DEVICE_CLOSED: entry(403, ['Este equipo ya no está vinculado.', nothing, 'Pida una invitación nueva a su administrador.'], ['This computer is no longer bound.', nothingEn, 'Ask your administrator for a new invitation.']),
  TOKEN_NOT_ACTIVE: entry(403, ['Su token no está activo.', nothing, 'Espere la activación o hable con su administrador.'], ['Your token is not active.', nothingEn, 'Wait for the activation or talk to your administrator.']),
  COMPANY_SUSPENDED: entry(403, ['Su empresa está suspendida.', nothing, 'Llame a la línea de soporte del emisor.'], ['Your company is suspended.', nothingEn, 'Call the support line of the issuer.']),

  // PIN
  PIN_WRONG: entry(403, ['El PIN no es correcto.', nothing, 'Le quedan {triesLeft} intentos; al décimo error se destruyen las llaves.'], ['The PIN is not right.', nothingEn, 'You have {triesLeft} tries left; the tenth mistake destroys the keys.']),
  PIN_DESTROYED: entry(403, ['Las llaves de este equipo se destruyeron: el PIN se olvidó o se escribió mal diez veces.', 'No se aprobó nada, y nadie puede aprobar con este token.', askToReplace], ['The keys of this computer were destroyed: the PIN was forgotten, or wrong ten times.', 'Nothing was approved, and nobody can approve with this token.', askToReplaceEn]),
  PIN_WEAK: entry(400, ['Ese PIN es fácil de adivinar.', 'El PIN sigue como estaba.', 'Use seis dígitos o más, sin secuencias, repeticiones ni fechas.'], ['That PIN is easy to guess.', 'The PIN is as it was.', 'Use six digits or more, no runs, repeats or dates.']),
  PIN_GENERATION: entry(409, ['El PIN se cambió en otra operación.', nothing, 'Escriba el PIN más reciente.'], ['The PIN was changed by another operation.', nothingEn, 'Enter the latest PIN.']),

  // Approvals
  APPROVAL_UNKNOWN: entry(404, ['Esa solicitud no existe.', nothing, 'Pídala otra vez.'], ['That request does not exist.', nothingEn, 'Ask for it again.']),
  APPROVAL_EXPIRED: entry(410, ['La solicitud venció antes de la respuesta.', nothing, 'Pídala otra vez.'], ['The request expired before the answer.', nothingEn, 'Ask for it again.']),
  APPROVAL_DECIDED: entry(409, ['La solicitud ya se había respondido.', 'Vale la primera respuesta.', 'Mírela en el historial.'], ['The request had already been answered.', 'The first answer counts.', 'See it in the history.']),
  APPROVAL_CANCELLED: entry(410, ['Quien pidió la aprobación la retiró.', nothing, 'No hace falta hacer nada.'], ['Whoever asked took the request back.', nothingEn, 'There is nothing to do.']),
  APPROVAL_NOT_YOURS: entry(403, ['Esa solicitud es de otro token.', nothing, 'Ábrala en el equipo al que llegó.'], ['That request belongs to another token.', nothingEn, 'Open it on the computer it was sent to.']),
  DECISION_INVALID: entry(400, ['La firma de la respuesta no es válida.', notDecided, 'Intente otra vez; si se repite, llame a la línea de soporte.'], ['The signature of the answer is not valid.', notDecidedEn, 'Try again; if it happens again, call support.']),
  REQUEST_NOT_GENUINE: entry(400, ['La solicitud no está firmada por su autoridad.', notDecided, 'No la apruebe; avise a la línea de soporte.'], ['The request is not signed by your authority.', notDecidedEn, 'Do not approve it; tell support.']),

  NUMBER_WRONG: entry(403, ['El número no es el que muestra el portal.', notDecided, 'Le quedan {triesLeft} intentos; mire el número en el portal y escríbalo otra vez.'], ['The number is not the one that the portal shows.', notDecidedEn, 'You have {triesLeft} tries left; look at the number in the portal and enter it again.']),
  NUMBER_EXHAUSTED: entry(403, ['El número se escribió mal tres veces: la solicitud terminó.', notDecided, 'Empiece otra vez en el portal.'], ['The number was entered wrongly three times: the request is over.', notDecidedEn, 'Start again in the portal.']),

  // QR
  QR_REFUSED: entry(400, ['Ese código no es de Vínculo.', nothing, 'Lea el código que muestra su portal o su invitación.'], ['That code does not belong to Vínculo.', nothingEn, 'Scan the code that your portal or your invitation shows.']),
  QR_OTHER_AUTHORITY: entry(403, ['Ese código es de una autoridad a la que este equipo no está vinculado.', nothing, 'Léalo en el equipo de esa cuenta; si no lo esperaba, ciérrelo.'], ['That code belongs to an authority this computer is not bound to.', nothingEn, 'Scan it on the computer of that account; if you did not expect it, close it.']),
  QR_OTHER_USER: entry(403, ['Ese código es para el token de otra persona.', nothing, 'Pida el suyo en el portal.'], ['That code is for the token of another person.', nothingEn, 'Ask for your own in the portal.']),
  SCREEN_CAPTURE_REFUSED: entry(403, ['El sistema no permitió ver la pantalla.', nothing, 'Dé el permiso de grabar la pantalla a Vínculo, o pegue el código o su imagen.'], ['The system did not allow looking at the screen.', nothingEn, 'Give Vínculo the permission to record the screen, or paste the code or its picture.']),

  // Portals: the sentences are for their developers
  PORTAL_UNAUTHORIZED: entry(401, ['El portal no se identificó con una credencial válida.', nothing, 'Pida un token de acceso nuevo en /oidc/token.'], ['The portal did not identify itself with a valid credential.', nothingEn, 'Ask for a new access token at /oidc/token.']),
  PORTAL_UNKNOWN: entry(404, ['Ese portal no existe.', nothing, 'Mire los nombres con portal list.'], ['That portal does not exist.', nothingEn, 'Look at the names with portal list.']),
  PORTAL_NAME_TAKEN: entry(409, ['Ya hay un portal con ese nombre.', nothing, 'Elija otro.'], ['There is a portal of that name already.', nothingEn, 'Choose another.']),
  SLOW_DOWN: entry(429, ['El portal pidió demasiadas aprobaciones seguidas.', 'A la persona no se le mostró nada más.', 'Espere {seconds} segundos.'], ['The portal asked for too many approvals in a row.', 'Nothing more was shown to the person.', 'Wait {seconds} seconds.']),
  IDEMPOTENCY_CONFLICT: entry(409, ['Esa Idempotency-Key ya se usó con otro contenido.', nothing, 'Use una clave nueva para cada operación.'], ['That Idempotency-Key was already used with another content.', nothingEn, 'Use a new key for every operation.']),
  IDEMPOTENCY_REQUIRED: entry(400, ['Falta la cabecera Idempotency-Key.', nothing, 'Envíe una clave nueva (un UUID) con cada POST.'], ['The header Idempotency-Key is missing.', nothingEn, 'Send a new key (a UUID) with every POST.']),
  ANSWER_REFUSED: entry(403, ['La respuesta no es correcta.', 'La solicitud no se aprobó.', 'Le quedan {triesLeft} intentos.'], ['The answer is not right.', 'The request was not approved.', 'There are {triesLeft} tries left.']),
  OFFLINE_NOT_ALLOWED: entry(403, ['Esta solicitud no se puede responder sin conexión.', 'La solicitud no se aprobó.', 'Apruébela en la aplicación con conexión.'], ['This request cannot be answered offline.', 'The request was not approved.', 'Approve it in the application, online.']),
  EVIDENCE_NOT_READY: entry(409, ['La solicitud todavía no tiene respuesta.', nothing, 'Pida la evidencia después de la respuesta.'], ['The request has no answer yet.', nothingEn, 'Ask for the evidence after the answer.']),

  // Temporary codes and hardware tokens
  TEMPORARY_CODE_SHOWN: entry(410, ['El código temporal ya se mostró una vez.', 'El código sigue valiendo hasta su hora.', 'Si se perdió, pida otro: el anterior queda anulado.'], ['The temporary code was already shown once.', 'The code stays valid until its time.', 'If it was lost, ask for another: the earlier one becomes void.']),
  IMPORT_REFUSED: entry(400, ['El archivo no se puede importar: {rows}.', 'No se importó ningún token.', 'Corrija el archivo y vuelva a importarlo completo.'], ['The file cannot be imported: {rows}.', 'No token was imported.', 'Mend the file and import it again as a whole.']),
  RESYNC_FAILED: entry(409, ['Los dos códigos no son consecutivos de ese token.', 'El contador sigue como estaba.', 'Genere dos códigos seguidos y escríbalos en orden.'], ['The two codes are not consecutive ones of that token.', 'The counter is as it was.', 'Generate two codes in a row and enter them in order.']),

  // Administration
  NOT_ADMIN: entry(403, ['Solo un usuario administrador puede hacerlo.', nothing, 'Pídalo a su administrador.'], ['Only an administrator can do this.', nothingEn, 'Ask your administrator.']),
  COMPANY_NOT_ENABLED: entry(409, ['Su empresa todavía no está habilitada para activar tokens.', nothing, 'El emisor la habilita después de la capacitación.'], ['Your company is not yet enabled to activate tokens.', nothingEn, 'The issuer enables it after the training.']),
  OWN_TOKEN: entry(403, ['Nadie gestiona su propio token.', nothing, 'El emisor lo hace por usted; llame a su línea de soporte.'], ['Nobody manages their own token.', nothingEn, 'The issuer does it for you; call support.']),
  OTHER_ADMIN: entry(403, ['El token de otro administrador solo se puede bloquear.', nothing, 'Lo demás lo hace el emisor.'], ["Another administrator's token can only be blocked.", nothingEn, 'The issuer does the rest.']),
  TRANSITION_NOT_ALLOWED: entry(409, ['Ese cambio no es posible en el estado actual de {rows}.', nothing, 'Actualice la tabla y vuelva a elegir.'], ['That change is not possible in the present state of {rows}.', nothingEn, 'Refresh the table and choose again.']),
  ACTION_STALE: entry(409, ['Entre la solicitud y su aprobación cambió: {rows}.', 'No se ejecutó ningún cambio; su respuesta quedó guardada.', 'Revise la tabla y pida el cambio otra vez.'], ['Between the request and your approval this changed: {rows}.', 'No change was run; your answer was kept.', 'Look at the table and ask for the change again.']),
  ACTION_UNKNOWN: entry(404, ['Esa acción no existe.', nothing, 'Pídala otra vez.'], ['That action does not exist.', nothingEn, 'Ask for it again.']),
  POOL_EXHAUSTED: entry(409, ['Eligió {requested} usuarios y quedan {available} tokens disponibles.', 'No se asignó ninguno.', 'Elija menos usuarios o pida más tokens al emisor.'], ['You chose {requested} users and {available} tokens are available.', 'None was assigned.', 'Choose fewer users or ask the issuer for more tokens.']),
  USER_NOT_ASSIGNABLE: entry(409, ['A estas personas no se les puede asignar un token: {rows}.', 'No se asignó ninguno.', 'Corrija sus datos o quítelas de la lista.'], ['These people cannot be given a token: {rows}.', 'None was assigned.', 'Mend their data or take them off the list.']),
  USER_UNKNOWN: entry(404, ['Esa persona no existe en su empresa.', nothing, 'Actualice la lista.'], ['That person does not exist in your company.', nothingEn, 'Refresh the list.']),
  USER_NAME_TAKEN: entry(409, ['Ese nombre de usuario ya existe.', nothing, 'Elija otro.'], ['That user name is taken.', nothingEn, 'Choose another.']),
  USER_UNCHANGED: entry(409, ['Los datos son los mismos que ya estaban.', nothing, 'Cambie algún dato o cierre la ventana.'], ['The data are the same as before.', nothingEn, 'Change something or close the window.']),
  LAST_ADMIN: entry(409, ['Es el último administrador de la empresa.', nothing, 'Pida al emisor que cree otro primero.'], ['This is the last administrator of the company.', nothingEn, 'Ask the issuer to create another one first.']),
  SEND_LIMIT: entry(429, ['A {rows} ya se le hicieron cinco envíos en una hora.', 'No se envió nada; lo último que recibió sigue vigente.', 'Espere {minutes} minutos y envíelo otra vez, o compruebe con la persona su correo y su celular.'], ['Five messages were already sent to {rows} within an hour.', 'Nothing was sent; what was received last is still valid.', 'Wait {minutes} minutes and send it again, or check the e-mail address and mobile number with the person.']),
  TOKEN_UNKNOWN: entry(404, ['Ese token no existe en su empresa.', nothing, 'Actualice la tabla.'], ['That token does not exist in your company.', nothingEn, 'Refresh the table.']),
  DEVICE_NOT_ACKNOWLEDGED: entry(409, ['El equipo de {rows} todavía no confirmó la vinculación.', nothing, 'Pida a la persona que abra Vínculo y vuelva a intentar.'], ['The computer of {rows} has not confirmed the binding yet.', nothingEn, 'Ask the person to open Vínculo and try again.']),
  FINGERPRINT_NOT_CHECKED: entry(409, ['Falta comparar las tres palabras de {rows}.', nothing, 'Pídalas de viva voz y elija la tripleta correcta.'], ['The three words of {rows} have not been compared.', nothingEn, 'Ask for them by voice and pick the right triple.']),
  FINGERPRINT_WRONG: entry(409, ['Esas no son las palabras de ese equipo.', 'El token no se activó.', 'Pídalas otra vez: queda un intento y después el equipo se rechaza.'], ['Those are not the words of that computer.', 'The token was not activated.', 'Ask for them again: one try is left, then the device is rejected.']),
  FINGERPRINT_REJECTED: entry(409, ['Se eligieron mal las palabras dos veces: el equipo fue rechazado.', 'El token no se activó.', 'Verifique con la persona y reenvíe la invitación.'], ['The words were picked wrongly twice: the device was rejected.', 'The token was not activated.', 'Check with the person and send the invitation again.']),
  SECOND_ADMIN_REQUIRED: entry(409, ['Este cambio necesita la aprobación de otro administrador y no hay otro con token activo.', nothing, 'Pídalo al emisor.'], ['This change needs the approval of another administrator and there is none with an active token.', nothingEn, 'Ask the issuer.']),
  HARDWARE_TOKEN_UNKNOWN: entry(409, ['Esa persona no tiene un token físico encendido.', nothing, 'Actualice la lista.'], ['That person has no hardware token that is on.', nothingEn, 'Refresh the list.']),

  // This computer
  AUTHORITY_UNREACHABLE: entry(503, ['No hay conexión con la autoridad.', nothing, 'Revise su red; Vínculo vuelve a intentar solo.'], ['There is no connection to the authority.', nothingEn, 'Check your network; Vínculo tries again by itself.']),
  AUTHORITY_KEY_CHANGED: entry(409, ['La autoridad responde con una llave que este equipo no conoce.', nothing, 'No siga; llame a la línea de soporte por un número que usted conozca.'], ['The authority answers with a key this computer does not know.', nothingEn, 'Do not go on; call support on a number you know.']),
  AUTHORITY_ANSWER_INVALID: entry(502, ['La respuesta de la autoridad no se entiende.', nothing, 'Actualice Vínculo; si se repite, llame a la línea de soporte.'], ['The answer of the authority cannot be understood.', nothingEn, 'Update Vínculo; if it happens again, call support.']),
  TLS_REQUIRED: entry(400, ['Esa dirección no usa una conexión segura.', nothing, 'Pida un enlace que empiece por https://.'], ['That address does not use a secure connection.', nothingEn, 'Ask for a link that begins with https://.']),
  LINK_REFUSED: entry(400, ['Ese enlace no es una invitación de Vínculo.', nothing, 'Copie el enlace completo del SMS o del correo.'], ['That link is not a Vínculo invitation.', nothingEn, 'Copy the whole link from the SMS or e-mail.']),
  KEYCHAIN_MISSING: entry(503, ['Este equipo no tiene un llavero del sistema en marcha.', notLost, 'Inicie el llavero del sistema (en Linux, GNOME Keyring o KWallet) y vuelva a intentar.'], ['This computer has no system keychain running.', notLostEn, 'Start the system keychain (on Linux, GNOME Keyring or KWallet) and try again.']),
  KEYCHAIN_LOCKED: entry(503, ['El llavero del sistema está bloqueado.', notLost, 'Desbloquéelo y vuelva a intentar.'], ['The system keychain is locked.', notLostEn, 'Unlock it and try again.']),
  KEYCHAIN_SILENT: entry(503, ['El llavero del sistema no responde.', notLost, 'Mire si hay una ventana que pide desbloquearlo y vuelva a intentar.'], ['The system keychain does not answer.', notLostEn, 'Look for a window that asks to unlock it and try again.']),
  KEYCHAIN_RESTARTED: entry(503, ['El llavero del sistema se reinició mientras Vínculo estaba abierto.', notLost, 'Cierre Vínculo y ábralo otra vez.'], ['The system keychain was restarted while Vínculo was open.', notLostEn, 'Close Vínculo and open it again.']),
  VAULT_DAMAGED: entry(500, ['Los datos de esta cuenta en el llavero están dañados.', 'El token en la autoridad sigue como estaba.', askToReplace], ['The data of this account in the keychain are damaged.', 'The token at the authority is as it was.', askToReplaceEn]),
  VAULT_MISSING: entry(404, ['Las llaves de esta cuenta no están en el llavero de este equipo.', 'El token en la autoridad sigue como estaba.', `Recupere el llavero. Si no es posible: ${askToReplace}`], ['The keys of this account are not in the keychain of this computer.', 'The token at the authority is as it was.', `Restore the keychain. If that is not possible: ${askToReplaceEn}`]),
  LOCKED: entry(403, ['Vínculo está bloqueado.', nothing, 'Escriba su PIN.'], ['Vínculo is locked.', nothingEn, 'Enter your PIN.']),
  ACCOUNT_UNKNOWN: entry(404, ['Esa cuenta no está en este equipo.', nothing, 'Elija otra cuenta.'], ['That account is not on this computer.', nothingEn, 'Choose another account.']),
  ACCOUNT_EXISTS: entry(409, ['Este equipo ya tiene una cuenta de esa persona.', tokenKept, 'Use la cuenta que ya existe o quítela primero.'], ['This computer already has an account of that person.', tokenKeptEn, 'Use the existing account or remove it first.']),
  TRIAL_FAILED: entry(500, ['La prueba en este equipo falló.', 'Las cuentas de este equipo siguen como estaban.', 'Cierre Vínculo, ábralo e intente otra vez.'], ['The trial on this computer failed.', 'The accounts on this computer are as they were.', 'Close Vínculo, open it and try again.']),
  TRIAL_DATA_UNUSABLE: entry(503, ['La prueba no puede usar sus datos: no permiten escribir, el disco está lleno o son de una versión más nueva de Vínculo.', nothing, 'Libere espacio, devuelva el permiso de escritura a la carpeta “trial” de los datos de Vínculo, o actualice Vínculo; después intente otra vez.'], ['The trial cannot use its data: they cannot be written to, the disk is full, or they belong to a newer version of Vínculo.', nothingEn, 'Free space, restore write permission on the folder “trial” in the data of Vínculo, or update Vínculo; then try again.']),
  TRIAL_NOT_CONFIGURED: entry(503, ['La prueba no puede abrir sus datos con la llave del llavero de este equipo.', nothing, 'Recupere el llavero con el que se preparó la prueba. Si ya no existe, borre la carpeta “trial” de los datos de Vínculo y prepare otra prueba.'], ['The trial cannot open its data with the key in the keychain of this computer.', nothingEn, 'Restore the keychain with which the trial was prepared. If it is gone, delete the folder “trial” in the data of Vínculo and prepare another trial.']),
  SENDER_REFUSED: entry(403, ['La ventana que hizo la llamada no es de Vínculo.', nothing, 'Cierre y abra Vínculo.'], ['The window that made the call does not belong to Vínculo.', nothingEn, 'Close and open Vínculo.']),
  CHANNEL_UNKNOWN: entry(404, ['Esa función no existe en esta versión.', nothing, 'Actualice Vínculo.'], ['That function does not exist in this version.', nothingEn, 'Update Vínculo.']),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorTexts;
export const errorCodes = Object.keys(errorTexts) as ErrorCode[];
export const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(errorTexts, text);

/** Values an error may carry besides its code: they fill the sentence and nothing else. */
export const errorData = /* @__PURE__ -- the renderer takes the texts only; its bundle then holds no zod */ (() => z.object({
  triesLeft: z.number().int().optional(),
  /** Until it can be tried again; over HTTP also in `Retry-After`. */
  seconds: z.number().int().optional(),
  minutes: z.number().int().optional(),
  requested: z.number().int().optional(),
  available: z.number().int().optional(),
  generation: z.number().int().optional(),
  /** Names or serials of the rows concerned, as a person reads them. */
  rows: z.array(z.string()).optional(),
  /** Path of the field that was wrong, e.g. `user.email`. */
  field: z.string().optional(),
  /** Finds the cause in the log. */
  reference: z.string().optional(),
}))();
export type ErrorData = z.infer<typeof errorData>;

/** Thrown by services on both sides; becomes an answer only at a door (HTTP, IPC, command line). */
export class VinculoError extends Error {
  readonly code: ErrorCode;
  readonly data: ErrorData;
  constructor(code: ErrorCode, data: ErrorData = {}, options?: { cause?: unknown }) {
    super(errorTexts[code].en.happened, options);
    this.name = 'VinculoError';
    this.code = code;
    this.data = data;
  }
}

/** The three sentences with the values filled in; a value that is not there leaves an ellipsis. */
export function describeError(code: ErrorCode, language: 'es' | 'en', data: ErrorData = {}): ErrorText {
  const fill = (sentence: string) =>
    sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = data[name as keyof ErrorData];
      return Array.isArray(value) ? value.join(', ') : value === undefined ? '…' : String(value);
    });
  const text = errorTexts[code][language];
  return { happened: fill(text.happened), unchanged: fill(text.unchanged), todo: fill(text.todo) };
}
