import evidence from './admin/evidence.ts';
import outcome from './admin/outcome.ts';
import question from './admin/question.ts';
import trail from './admin/trail.ts';
import wait from './admin/wait.ts';

/** What every change of an admin shares: the question before, the wait for the own token, the end, and the trail it leaves. */
export default {
  ...question, ...wait, ...outcome, ...trail, ...evidence,

  reason: {
    label: 'Motivo (opcional)',
    hint: 'Queda en el historial y en lo que usted firma',
    tooLong: 'Use 200 caracteres o menos',
  },
  cancel: 'Cancelar',
  close: 'Cerrar',
  back: 'Volver',
  retry: 'Intentar otra vez',
  confirmInToken: 'Confirmar en mi token',
  andMore_one: 'y {{n}} más',
  andMore_other: 'y {{n}} más',
  people_one: '{{n}} persona',
  people_other: '{{n}} personas',
  hardware: {
    title: 'Token físico',
    on: 'Activo',
    off: 'Desactivado',
    lost: 'Perdido',
  },
  virtual: { title: 'Token virtual' },
  userState: { active: 'Usuario activo', inactive: 'Usuario inactivo' },
  pager: {
    shown: 'Mostrando registros {{from}} al {{to}} de un total de {{total}}',
    shownOfMore: 'Mostrando registros {{from}} al {{to}} de un total de más de {{total}}',
    someOfMore: 'Mostrando {{shown}} registros de un total de más de {{total}}',
    none: 'No hay registros',
    dated: 'datos de las {{time}}',
    size: 'Registros por página',
    label: 'Páginas',
    first: 'Primera página',
    previous: 'Página anterior',
    next: 'Página siguiente',
    last: 'Última página',
  },
  search: { clear: 'Borrar la búsqueda', shortcut: 'Ctrl K' },
  sort: { ascending: 'orden ascendente', descending: 'orden descendente', by: 'Ordenar por {{column}}' },
  filters: { label: 'Filtrar la lista' },
  noMatch: { title: 'Ningún resultado', text: 'Nada coincide con la búsqueda y el filtro.', clear: 'Quitar búsqueda y filtro' },
  linkTo: { password: 'Enviar enlace de contraseña' },
  updatedAt: 'Última actualización {{at}}',
  refresh: 'Actualizar ahora',
} as const;
