import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react';

export interface DropMenuItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly icon?: ReactNode;
  /** Marks the one that is in force. */
  readonly current?: boolean;
  /** A line above it. */
  readonly divided?: boolean;
  readonly lang?: string;
  readonly onSelect: () => void;
}

export interface DropMenuProps {
  /** The button; it gets `onClick` and the menu's ARIA attributes. */
  readonly target: ReactElement<{ onClick?: () => void; 'aria-haspopup'?: 'menu'; 'aria-expanded'?: boolean }>;
  readonly items: readonly DropMenuItem[];
  readonly position: 'bottom-start' | 'bottom-end';
  readonly width: number;
}

const OpenedMenu = lazy(() => import('./OpenedMenu.tsx'));

/**
 * A menu behind a button. Mantine's menu and its positioning are a tenth of the first screen's budget and nobody sees
 * them before the first click, so they are loaded then.
 */
export function DropMenu(props: DropMenuProps) {
  const [wanted, setWanted] = useState(false);
  const closed = cloneElement(props.target, { onClick: () => setWanted(true), 'aria-haspopup': 'menu', 'aria-expanded': false });
  return wanted ? <Suspense fallback={closed}><OpenedMenu {...props} /></Suspense> : closed;
}
