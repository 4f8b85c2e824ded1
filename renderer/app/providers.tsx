import { MantineProvider, type MantineColorSchemeManager, useMantineColorScheme } from '@mantine/core';
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
const schemeManager = (initial: 'auto' | 'light' | 'dark'): MantineColorSchemeManager => ({
  get: () => initial, set: () => undefined, subscribe: () => undefined, unsubscribe: () => undefined, clear: () => undefined,
});

export interface ProvidersProps {
  readonly client: QueryClient;
  readonly colourScheme: 'system' | 'light' | 'dark';
  readonly children: ReactNode;
}

/** Theme, cache, routes and live regions around every window. */
export function Providers({ client, colourScheme, children }: ProvidersProps) {
  const scheme = colourScheme === 'system' ? 'auto' : colourScheme;
  return (
    <MantineProvider theme={theme} defaultColorScheme={scheme} colorSchemeManager={schemeManager(scheme)} withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={client}>
        <Router hook={useHashLocation}>
          <Announcer>
            <FollowSettings />
            {children}
          </Announcer>
        </Router>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Language and colour scheme follow main's state; events keep the cache true. */
function FollowSettings() {
  const state = useAppState();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = state?.settings.theme;
  const language = state?.language;
  useEventInvalidation();
  useEffect(() => {
    if (scheme !== undefined) setColorScheme(scheme === 'system' ? 'auto' : scheme);
  }, [scheme, setColorScheme]);
  useEffect(() => {
    if (language !== undefined) void changeLanguage(language);
  }, [language]);
  return null;
}
