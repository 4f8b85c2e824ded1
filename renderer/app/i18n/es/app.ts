/** Texts of the frame around the screens: navigation, accounts, what is said aloud. */
export default {
  section: { token: 'Mi token', admin: 'Administración' },
  nav: {
    code: 'Código',
    approvals: 'Solicitudes',
    device: 'Dispositivo',
    tokens: 'Token Virtual',
    users: 'Usuarios',
    activity: 'Actividad',
    help: 'Ayuda',
    settings: 'Ajustes',
    trial: 'Prueba',
  },
  crumb: { tokenAdmin: 'Administración de Token', assign: 'Asignar' },
  pendingCount_one: '{{count}} pendiente',
  pendingCount_other: '{{count}} pendientes',
  account: {
    switch: 'Cambiar de cuenta',
    add: 'Agregar otra cuenta',
    role: { admin: 'Usuario administrador', member: 'Usuario secundario' },
  },
  since: 'Desde las {{time}}',
  announce: {
    tokenActive: 'Su token quedó activo',
    tokenBlocked: 'Su token quedó bloqueado',
    approvalOpened: 'Llegó una solicitud de aprobación',
    bound: 'Este equipo quedó vinculado',
  },
  language: { choose: 'Idioma', es: 'Español', en: 'English' },
  failed: { title: 'No se pudo mostrar esta pantalla' },
  notFound: { title: 'Esta pantalla no existe', text: 'Puede que el enlace sea de otra versión.', action: 'Ir a Mi token' },
} as const;
