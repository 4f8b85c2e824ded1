import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { Toast, type ToastContent } from './Toast.tsx';
import classes from './Announcer.module.css';

/** `assertive` only for a new approval; everything else waits its turn. */
export type Urgency = 'polite' | 'assertive';

interface Live {
  readonly announce: (text: string, urgency?: Urgency) => void;
  readonly show: (toast: ToastContent) => void;
}

const LiveContext = createContext<Live>({ announce: () => undefined, show: () => undefined });

/** Says `text` to screen readers without showing it. The same text twice is said twice. */
export function useAnnounce(): Live['announce'] {
  return useContext(LiveContext).announce;
}

/** Shows a short message at the foot for six seconds and announces it. Errors do not belong here: they stay in place. */
export function useToast(): Live['show'] {
  return useContext(LiveContext).show;
}

const toastMilliseconds = 6000;

/** Two live regions that exist from the start (a region added with its text is not read) and the place of toasts. */
export function Announcer({ children }: { readonly children: ReactNode }) {
  const [polite, setPolite] = useState('');
  const [assertive, setAssertive] = useState('');
  const [toast, setToast] = useState<(ToastContent & { readonly key: number }) | null>(null);
  const count = useRef(0);

  const announce = useCallback((text: string, urgency: Urgency = 'polite') => {
    count.current += 1;
    // An invisible mark that alternates: the same sentence again is a change, and is read again.
    const marked = count.current % 2 === 0 ? text : `${text}\u00a0`;
    if (urgency === 'assertive') setAssertive(marked);
    else setPolite(marked);
  }, []);
  const show = useCallback((content: ToastContent) => {
    count.current += 1;
    setToast({ ...content, key: count.current });
    announce(content.text);
  }, [announce]);

  useEffect(() => {
    if (toast === null) return;
    const timer = window.setTimeout(() => setToast(null), toastMilliseconds);
    return () => window.clearTimeout(timer);
  }, [toast]);

  const live = useMemo(() => ({ announce, show }), [announce, show]);
  return (
    <LiveContext.Provider value={live}>
      {children}
      <div className="visually-hidden" role="status" aria-live="polite">{polite}</div>
      <div className="visually-hidden" role="alert" aria-live="assertive">{assertive}</div>
      <div className={classes.toasts}>
        {toast !== null && <Toast key={toast.key} tone={toast.tone} text={toast.text} onClose={() => setToast(null)} />}
      </div>
    </LiveContext.Provider>
  );
}
