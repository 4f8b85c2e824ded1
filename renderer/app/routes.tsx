import { type ComponentType, lazy } from 'react';
import type { AccountView } from '../api/app-state.ts';
import Token from '../features/token/index.tsx';
import Welcome from '../features/welcome/index.tsx';

/**
 * What a person sees first comes with the page: the welcome, or the code. Each other screen is a chunk that is loaded
 * when it is opened; the admin part with its table is the largest.
 */
const Device = lazy(() => import('../features/token/Device.tsx'));
const Approvals = lazy(() => import('../features/approvals/index.tsx'));
const Scan = lazy(() => import('../features/scan/index.tsx'));
const Settings = lazy(() => import('../features/settings/index.tsx'));
const Help = lazy(() => import('../features/help/index.tsx'));
const Trial = lazy(() => import('../features/trial/index.tsx'));
const AdminTokens = adminScreen(() => import('../features/admin-tokens/index.tsx'));
const AssignTokens = adminScreen(() => import('../features/admin-tokens/assign.tsx'));
const AdminUsers = adminScreen(() => import('../features/admin-users/index.tsx'));
const Activity = adminScreen(() => import('../features/activity/index.tsx'));

/** An admin screen, with the styles of the parts that only administration uses. */
function adminScreen(load: () => Promise<{ default: ComponentType }>) {
  return lazy(async () => {
    const [screen] = await Promise.all([load(), import('./theme/mantine-admin.css')]);
    return screen;
  });
}

export const Bind = lazy(() => import('../features/bind/index.tsx'));
export const ApprovalWindow = lazy(() => import('../features/approvals/ApprovalWindow.tsx'));
export const WindowScanner = lazy(() => import('../features/scan/WindowScanner.tsx'));
export const Unlock = lazy(() => import('../features/token/Unlock.tsx'));
export const Closed = lazy(() => import('../features/token/Closed.tsx'));
export const KeysLost = lazy(() => import('../features/token/KeysLost.tsx'));
export { Help, Trial, Welcome };

type NavKey = 'code' | 'approvals' | 'scan' | 'device' | 'tokens' | 'users' | 'activity' | 'help' | 'settings' | 'trial';

export interface Screen {
  /** The item of the side bar that is lit. */
  readonly nav: NavKey;
  readonly section: 'token' | 'admin' | null;
  /** Between section and screen. */
  readonly through?: 'tokenAdmin';
  /** After the screen's own name. */
  readonly below?: 'assign';
  /** A locked app shows it all the same: requests must reach a locked app, and the code asks for the PIN by itself. */
  readonly whileLocked: boolean;
  /** Until the token is active the waiting screen stands in its place. */
  readonly needsActive: boolean;
  readonly Component: ComponentType<{ account: AccountView }> | ComponentType;
}

const own = { section: 'token', whileLocked: true } as const;
const admin = { section: 'admin', whileLocked: false, needsActive: true } as const;
const foot = { section: null, whileLocked: true, needsActive: false } as const;

/** By hash route. `/` is the code. */
export const screens: Readonly<Record<string, Screen>> = {
  '/token': { ...own, nav: 'code', needsActive: true, Component: Token },
  '/approvals': { ...own, nav: 'approvals', needsActive: false, Component: Approvals },
  '/scan': { ...own, nav: 'scan', needsActive: true, Component: Scan },
  '/scan/camera': { ...own, nav: 'scan', needsActive: true, Component: Scan },
  '/scan/screen': { ...own, nav: 'scan', needsActive: true, Component: Scan },
  '/device': { ...own, nav: 'device', needsActive: true, Component: Device },
  '/admin/tokens': { ...admin, nav: 'tokens', through: 'tokenAdmin', Component: AdminTokens },
  '/admin/tokens/assign': { ...admin, nav: 'tokens', through: 'tokenAdmin', below: 'assign', Component: AssignTokens },
  '/admin/users': { ...admin, nav: 'users', Component: AdminUsers },
  '/admin/activity': { ...admin, nav: 'activity', Component: Activity },
  '/settings': { ...foot, nav: 'settings', Component: Settings },
  '/help': { ...foot, nav: 'help', Component: Help },
  '/trial': { ...foot, nav: 'trial', Component: Trial },
};

export const home = '/token';
export const screenAt = (path: string): Screen | null => screens[path === '/' ? home : path.replace(/\/$/, '')] ?? null;
