import type { TrayIcon } from '../../electron/shell/shell.ts';

/** Colours of an icon; a macOS template has only black, and the system recolours it. */
interface Palette {
  readonly tile: string;
  readonly left: string;
  readonly right: string;
  readonly opacity: number;
}

const PETROL: Palette = { tile: '#0b3b42', left: '#f3fafa', right: '#7fd1cf', opacity: 1 };
const FADED: Palette = { ...PETROL, opacity: 0.55 };

const link = (side: 'left' | 'right', stroke: string, width: number): string => {
  const [x, angle] = side === 'left' ? [11.85, -21.9] : [20.15, 21.9];
  return `<rect x="${x - 3.2}" y="6.55" width="6.4" height="19" rx="3.2" transform="rotate(${angle} ${x} 16.05)" fill="none" stroke="${stroke}" stroke-width="${width}"/>`;
};

/** Two links of a chain, each over the other once, in a box of 32 units. */
function mark({ tile, left, right, opacity }: Palette): string {
  return `<g opacity="${opacity}"><rect width="32" height="32" rx="9" fill="${tile}"/><clipPath id="lower"><rect y="20.6" width="32" height="12"/></clipPath>
${link('left', left, 2.3)}${link('right', tile, 4.4)}${link('right', right, 2.3)}<g clip-path="url(#lower)">${link('left', tile, 4.4)}${link('left', left, 2.3)}</g></g>`;
}

/** The same without a tile, drawn by strokes alone: gaps are cut out by a mask. */
function templateMark(): string {
  return `<mask id="gap"><rect width="32" height="32" fill="#fff"/>${link('right', '#000', 5)}</mask>
<g mask="url(#gap)">${link('left', '#000', 2.8)}</g>${link('right', '#000', 2.8)}`;
}

const svg = (content: string): string => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${content}</svg>`;

/** The app's icon; the margin is what macOS and Windows expect around a rounded tile. */
export const appIcon = (): string => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-3 -3 38 38">${mark(PETROL)}</svg>`;

const disc = (content: string, fill: string): string => `<circle cx="24" cy="24" r="8" fill="${fill}"/>${content}`;
const lockShape = (colour: string): string =>
  `<rect x="19.6" y="23" width="8.8" height="6.4" rx="1.6" fill="${colour}"/><path d="M21.4 23v-1.8a2.6 2.6 0 0 1 5.2 0V23" fill="none" stroke="${colour}" stroke-width="1.7"/>`;
const cloudOffShape = (colour: string): string =>
  `<path d="M20.6 27.4h7a2.5 2.5 0 0 0 .3-5 3.9 3.9 0 0 0-7.3-.8 3 3 0 0 0 0 5.8z" fill="none" stroke="${colour}" stroke-width="1.6"/><path d="M19 19.2l10 10" stroke="${colour}" stroke-width="1.8" stroke-linecap="round"/>`;

/** What is over the mark; each state has its own shape, so colour is never needed to tell them apart. */
function overlay(icon: TrayIcon, label: string, template: boolean): string {
  switch (icon) {
    case 'idle': return '';
    case 'locked': return disc(lockShape(template ? '#000' : '#1d1b18'), template ? 'none' : '#ffffff');
    case 'offline': return disc(cloudOffShape(template ? '#000' : '#4d4840'), template ? 'none' : '#ffffff');
    case 'pending':
      if (template) return '<circle cx="24.5" cy="8" r="5.5" fill="#000"/>';
      return `<circle cx="22.5" cy="9.5" r="9.5" fill="#f3c06b"/><text x="22.5" y="14.6" text-anchor="middle" font-family="Inter, Liberation Sans, Arial, sans-serif" font-weight="700" font-size="14.5" fill="#1d1b18">${label}</text>`;
  }
}

/** Tray icon in colour. @param label number on a pending icon */
export const trayIcon = (icon: TrayIcon, label: string): string => svg(mark(icon === 'offline' ? FADED : PETROL) + overlay(icon, label, false));

/** Tray icon for macOS: black on nothing. The number stands beside it. */
export function trayTemplate(icon: TrayIcon): string {
  const clear = icon === 'locked' || icon === 'offline' ? '<mask id="room"><rect width="32" height="32" fill="#fff"/><circle cx="24" cy="24" r="9" fill="#000"/></mask>' : icon === 'pending' ? '<mask id="room"><rect width="32" height="32" fill="#fff"/><circle cx="24.5" cy="8" r="7.5" fill="#000"/></mask>' : '';
  const base = clear === '' ? templateMark() : `${clear}<g mask="url(#room)">${templateMark()}</g>`;
  return svg(base + overlay(icon, '', true));
}
