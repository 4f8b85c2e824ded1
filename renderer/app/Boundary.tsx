import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorView } from '../api/use-error.ts';
import { ErrorState } from '../ui/States.tsx';

/** A screen that threw does not take the window with it. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly failed: unknown }> {
  override state = { failed: null };

  static getDerivedStateFromError(error: unknown) {
    return { failed: error ?? new Error('unknown') };
  }

  override render(): ReactNode {
    return this.state.failed === null ? this.props.children : <Failed error={this.state.failed} onRetry={() => this.setState({ failed: null })} />;
  }
}

function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useTranslation('app');
  const view = useErrorView(error);
  return view === null ? null : <ErrorState title={t('failed.title')} error={view} onRetry={onRetry} />;
}
