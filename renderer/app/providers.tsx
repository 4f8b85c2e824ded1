import { type MantineColorSchemeManager, MantineProvider } from '@mantine/core';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { useAppState } from '../api/app-state.ts';
import { useEventInvalidation } from '../api/events.ts';
import { Announcer } from '../ui/Announcer.tsx';
import { changeLanguage } from './i18n/i18n.ts';
import { theme } from './theme/theme.ts';

/** The settings of main are the truth; nothing is kept in the page's own storage. */
const followSystem: MantineColorSchemeManager = {
  get: () => 'auto', set: () => undefined, subscribe: () => undefined, unsubscribe: () => undefined, clear: () => undefined,
};

/** Cache, theme, routes and live regions around every window. */
export function Providers({ client, children }: { readonly client: QueryClient; readonly children: ReactNode }) {
  return (
    <QueryClientProvider client={client}>
      <Themed>
        <Router hook={useHashLocation}>
          <Announcer>{children}</Announcer>
        </Router>
      </Themed>
    </QueryClientProvider>
  );
}

/** Language and colours follow main's state, which events keep true. */
function Themed({ children }: { readonly children: ReactNode }) {
  const state = useAppState();
  const language = state?.language;
  const scheme = state?.settings.theme;
  useEventInvalidation();
  useEffect(() => {
    if (language !== undefined) void changeLanguage(language);
  }, [language]);
  return (
    <MantineProvider
      theme={theme} colorSchemeManager={followSystem} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}
      {...(scheme === 'light' || scheme === 'dark' ? { forceColorScheme: scheme } : {})}
    >
      {children}
    </MantineProvider>
  );
}
