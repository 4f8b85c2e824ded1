import { MantineProvider } from '@mantine/core';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render, type RenderResult } from '@testing-library/react';
import axe from 'axe-core';
import i18next, { type i18n } from 'i18next';
import type { ReactNode } from 'react';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { afterEach, vi } from 'vitest';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { useEventInvalidation } from '../api/events.ts';
import { createQueryClient } from '../api/queries.ts';
import { createFakeBridge, type FakeBridge, type Handlers } from '../api/testing/fake-bridge.ts';
import { theme } from '../app/theme/theme.ts';
import { Announcer } from '../ui/Announcer.tsx';

/** Screens are loaded when they are opened, and machines are sometimes busy: how long is no part of any expectation. */
configure({ asyncUtilTimeout: 15_000 });

/** What jsdom lacks and Mantine asks for. The empty query matches, as in every browser: the table asks it for each cell. */
if (typeof window.matchMedia !== 'function') {
  window.matchMedia = ((query: string) => ({
    matches: query === '', media: query, onchange: null, addListener: () => undefined, removeListener: () => undefined,
    addEventListener: () => undefined, removeEventListener: () => undefined, dispatchEvent: () => false,
  })) as typeof window.matchMedia;
}
window.ResizeObserver ??= class { observe() {} unobserve() {} disconnect() {} };
Element.prototype.scrollIntoView ??= () => undefined;

const files = import.meta.glob<{ default: object }>(['../app/i18n/es/*.ts', '../app/i18n/en/*.ts'], { eager: true });

/** All texts at once, so that no test waits for a chunk. */
function texts(language: 'es' | 'en'): i18n {
  const instance = i18next.createInstance();
  const resources: Record<string, Record<string, object>> = { es: {}, en: {} };
  for (const [path, file] of Object.entries(files)) {
    const [, of = '', namespace = ''] = /i18n\/(es|en)\/(\w+)\.ts$/.exec(path) ?? [];
    (resources[of] ??= {})[namespace] = file.default;
  }
  void instance.use(initReactI18next).init({ lng: language, fallbackLng: false, defaultNS: 'ui', resources: resources as never, interpolation: { escapeValue: false } });
  return instance;
}

export interface Rendered extends RenderResult {
  readonly bridge: FakeBridge;
  readonly client: QueryClient;
  /** Where the app is: `path.history.at(-1)`. */
  readonly path: { readonly history: readonly string[] };
}

export interface RenderOptions {
  readonly handlers?: Handlers;
  readonly language?: 'es' | 'en';
  readonly route?: string;
}

/** Draws a part of the app as it stands in a window, over a fake bridge. */
export function renderScreen(children: ReactNode, options: RenderOptions = {}): Rendered {
  const bridge = createFakeBridge(options.handlers);
  vi.stubGlobal('vinculo', bridge);
  const client = createQueryClient();
  const { hook, history } = memoryLocation({ path: options.route ?? '/', record: true });
  const result = render(
    <I18nextProvider i18n={texts(options.language ?? 'es')}>
      <MantineProvider theme={theme} env="test" withCssVariables={false} withGlobalClasses={false}>
        <QueryClientProvider client={client}>
          <Router hook={hook}><Announcer><FollowEvents />{children}</Announcer></Router>
        </QueryClientProvider>
      </MantineProvider>
    </I18nextProvider>,
  );
  return { ...result, bridge, client, path: { history } };
}

function FollowEvents() {
  useEventInvalidation();
  return null;
}

/** Rules that jsdom can judge: names, roles, structure. Contrast is checked in the real browser. */
export async function axeViolations(element: Element = document.body): Promise<string[]> {
  const found = await axe.run(element, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  return found.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' | ')}`);
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
