import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from './Announcer.tsx';
import classes from './LoadingScreen.module.css';
import { Mark } from './Mark.tsx';
import { Skeleton, SkeletonRows } from './Skeleton.tsx';
import { Spinner } from './Spinner.tsx';

/** Milliseconds until it is said aloud: a screen that is there sooner says its own title. */
const quietFor = 600;

function useSpoken(): string {
  const { t } = useTranslation('ui');
  const announce = useAnnounce();
  const text = t('loadingScreen');
  useEffect(() => {
    const timer = window.setTimeout(() => announce(text), quietFor);
    return () => window.clearTimeout(timer);
  }, [announce, text]);
  return text;
}

/** The place of a screen that is on its way, inside the frame: its title and a card. Appears only if that takes a moment. */
export function LoadingScreen() {
  useSpoken();
  return (
    <div className={classes.screen} aria-busy="true" data-testid="loading-screen">
      <div className={classes.head}><Skeleton width="220px" height="24px" radius="8px" /><Skeleton width="128px" height="36px" radius="8px" /></div>
      <div className={classes.card}><SkeletonRows rows={6} height={46} /></div>
    </div>
  );
}

/** The same for a whole window, before there is a frame. */
export function LoadingWindow() {
  const text = useSpoken();
  return (
    <main className={classes.window} aria-busy="true" data-testid="loading-window">
      <Mark size={44} />
      <p className={classes.text}><Spinner />{text}</p>
    </main>
  );
}
