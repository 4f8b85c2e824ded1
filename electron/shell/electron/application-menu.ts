import type { MenuItemConstructorOptions } from 'electron';

type Role = NonNullable<MenuItemConstructorOptions['role']>;

/** macOS gives a role its shortcut but not its words. */
const WORDS: Readonly<Record<'es' | 'en', Readonly<Partial<Record<Role | 'edit' | 'window', string>>>>> = {
  es: {
    about: 'Acerca de Vínculo', hide: 'Ocultar Vínculo', hideOthers: 'Ocultar otros', unhide: 'Mostrar todo', quit: 'Salir de Vínculo',
    edit: 'Edición', undo: 'Deshacer', redo: 'Rehacer', cut: 'Cortar', copy: 'Copiar', paste: 'Pegar', selectAll: 'Seleccionar todo',
    window: 'Ventana', minimize: 'Minimizar', close: 'Cerrar', front: 'Traer todo al frente',
  },
  en: {
    about: 'About Vínculo', hide: 'Hide Vínculo', hideOthers: 'Hide Others', unhide: 'Show All', quit: 'Quit Vínculo',
    edit: 'Edit', undo: 'Undo', redo: 'Redo', cut: 'Cut', copy: 'Copy', paste: 'Paste', selectAll: 'Select All',
    window: 'Window', minimize: 'Minimize', close: 'Close', front: 'Bring All to Front',
  },
};

/**
 * The application's menu, in place of Electron's own, whose shortcuts reload the page, zoom and open DevTools. Windows and
 * Linux have none: the title bar is the page's. macOS needs one, or copying and pasting by keyboard ends.
 * @param language BCP 47 tag of the system
 */
export function applicationMenu(platform: NodeJS.Platform, language: string): MenuItemConstructorOptions[] | null {
  if (platform !== 'darwin') return null;
  const words = WORDS[/^es\b/i.test(language) ? 'es' : 'en'];
  const item = (role: Role): MenuItemConstructorOptions => ({ role, label: words[role] ?? role });
  const line: MenuItemConstructorOptions = { type: 'separator' };
  return [
    { label: 'Vínculo', submenu: [item('about'), line, item('hide'), item('hideOthers'), item('unhide'), line, item('quit')] },
    { label: words.edit ?? '', submenu: [item('undo'), item('redo'), line, item('cut'), item('copy'), item('paste'), item('selectAll')] },
    { label: words.window ?? '', role: 'windowMenu', submenu: [item('minimize'), item('close'), line, item('front')] },
  ];
}
