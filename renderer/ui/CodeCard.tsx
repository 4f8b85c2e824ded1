import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './CopyButton.tsx';
import { groupCode } from './format.ts';
import { IconEye, IconEyeOff } from './icons.ts';
import classes from './CodeCard.module.css';
import { LinesPattern } from './LinesPattern.tsx';
import { Ring } from './Ring.tsx';

/** From here on the ring is amber and the next code is shown. */
export const lateSeconds = 8;

export interface CodeCardProps {
  readonly serialNumber: string;
  readonly code: string;
  /** The code after this one; shown in the last seconds only. Null: not known yet. */
  readonly nextCode: string | null;
  /** Whole seconds until the code changes, and the length of a step (30). */
  readonly secondsLeft: number;
  readonly stepSeconds: number;
  /** Hidden by the person; the time goes on. */
  readonly hidden: boolean;
  /** False after a restart without network: the computer's clock was not compared with the authority's. */
  readonly clockVerified: boolean;
  readonly onHide: (hidden: boolean) => void;
  /** Copies in main, which also clears the clipboard. */
  readonly onCopy: () => Promise<void>;
}

/** Read by a screen reader only on request: digit by digit, never as a number, never announced by itself. */
export function spellCode(code: string): string {
  return [...code].join(' ');
}

/** The current one-time code: the one surface where the token itself speaks. */
export function CodeCard(props: CodeCardProps) {
  const { t } = useTranslation('ui');
  const late = props.secondsLeft <= lateSeconds;
  return (
    <CodeSurface serialNumber={props.serialNumber} ring={<SecondsRing {...props} late={late} />}>
      <p className={classes.code} data-hidden={props.hidden || undefined} data-testid="code">
        {props.hidden ? <HiddenCode length={props.code.length} /> : <Groups code={props.code} />}
      </p>
      <p className={classes.next}>
        {late && props.nextCode !== null && !props.hidden
          ? <>{t('code.next')}<span className={classes.nextCode}>{groupCode(props.nextCode)}</span></>
          : !props.clockVerified && <span className={classes.warn}>{t('code.clockNotVerified')}</span>}
      </p>
      <div className={classes.foot}>
        <CopyButton variant="inverse" size="sm" label={t('code.copy')} done={t('code.copied')} onCopy={props.onCopy} />
        <Button
          variant="ghost" leftSection={props.hidden ? <IconEye size={18} aria-hidden /> : <IconEyeOff size={18} aria-hidden />}
          onClick={() => props.onHide(!props.hidden)}
        >
          {props.hidden ? t('code.show') : t('code.hide')}
        </Button>
        <span className={classes.hint}>{t('code.clipboard')}</span>
      </div>
    </CodeSurface>
  );
}

export interface CodeSurfaceProps {
  readonly serialNumber: string;
  readonly ring?: ReactNode;
  readonly children: ReactNode;
}

/** The petrol card by itself: for the code, and for the locked or not yet active token in the same place. */
export function CodeSurface({ serialNumber, ring, children }: CodeSurfaceProps) {
  const { t } = useTranslation('ui');
  return (
    <section className={classes.card} aria-label={t('code.title')}>
      <LinesPattern placement="card" />
      <div className={classes.body}>
        <p className={classes.caption}>{t('code.title')}<span aria-hidden="true"> · </span><span className="serial">{serialNumber}</span></p>
        {children}
      </div>
      {ring !== undefined && <div className={classes.ring}>{ring}</div>}
    </section>
  );
}

function SecondsRing({ secondsLeft, stepSeconds, late }: CodeCardProps & { readonly late: boolean }) {
  const { t } = useTranslation('ui');
  return (
    <Ring
      fraction={secondsLeft / stepSeconds} size={136} stroke={7} tone={late ? 'code-late' : 'code'}
      label={t('code.secondsLeft', { count: secondsLeft })}
    >
      <span className={classes.seconds}>{secondsLeft}</span>
      <span className={classes.secondsWord}>{t('code.seconds', { count: secondsLeft })}</span>
    </Ring>
  );
}

function Groups({ code }: { readonly code: string }) {
  const [first = '', second = ''] = groupCode(code).split(' ');
  return (
    <>
      <span className="visually-hidden">{spellCode(code)}</span>
      <span aria-hidden="true" data-testid="code-digits">{first}</span>
      <span aria-hidden="true">{second}</span>
    </>
  );
}

function HiddenCode({ length }: { readonly length: number }) {
  const { t } = useTranslation('ui');
  const half = Math.ceil(length / 2);
  return (
    <>
      <span className="visually-hidden">{t('code.hidden')}</span>
      <span aria-hidden="true">{'•'.repeat(half)}</span>
      <span aria-hidden="true">{'•'.repeat(length - half)}</span>
    </>
  );
}
