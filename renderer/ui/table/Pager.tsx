import { ActionIcon, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../format.ts';
import { IconChevronDown, IconChevronLeft, IconChevronRight, IconChevronsLeft, IconChevronsRight } from '../icons.ts';
import { type PageFacts, type PageMove, pageRange, pageSizes, type PageState } from '../pages.ts';
import { Skeleton } from '../Skeleton.tsx';
import classes from './Pager.module.css';

export interface PagerProps {
  readonly state: PageState;
  /** Rows on screen. */
  readonly shown: number;
  /** Null while the first page loads. */
  readonly facts: PageFacts | null;
  readonly onMove: (move: PageMove) => void;
  readonly onSize: (size: number) => void;
  /** `15:38` while offline: what is shown is from then, and no other page can be had. */
  readonly datedAt: string | null;
  /** Between the text and the page size, e.g. a notice of changes elsewhere. */
  readonly children?: ReactNode;
}

const moves = [
  { move: 'first', Icon: IconChevronsLeft }, { move: 'previous', Icon: IconChevronLeft },
  { move: 'next', Icon: IconChevronRight }, { move: 'last', Icon: IconChevronsRight },
] as const;

/** "Mostrando registros 1 al 25 de un total de 1.284", page size, and the four ways to another page. */
export function Pager({ state, shown, facts, onMove, onSize, datedAt, children }: PagerProps) {
  const { t, i18n } = useTranslation('admin');
  if (facts === null) return <div className={classes.pager}><Skeleton width="280px" /></div>;
  const text = shownText(t, i18n.language, state, shown, facts);
  const can = { first: facts.hasPrevious, previous: facts.hasPrevious, next: facts.hasNext, last: facts.hasNext };
  return (
    <div className={classes.pager}>
      <p className={classes.text} role="status">{datedAt === null ? text : `${text} · ${t('pager.dated', { time: datedAt })}`}</p>
      {children}
      {datedAt === null && facts.total > 0 && (
        <div className={classes.tools}>
          <label className={classes.size}>
            {t('pager.size')}
            <span className={classes.selectBox}>
            <select className={classes.select} value={state.size} onChange={(event) => onSize(Number(event.currentTarget.value))}>
              {pageSizes.map((size) => <option key={size} value={size}>{size}</option>)}
            </select>
            <IconChevronDown size={14} aria-hidden />
            </span>
          </label>
          <nav className={classes.moves} aria-label={t('pager.label')}>
            {moves.map(({ move, Icon }) => (
              <Tooltip key={move} label={t(`pager.${move}`)}>
                <ActionIcon size={32} aria-label={t(`pager.${move}`)} aria-disabled={!can[move]} {...(can[move] ? {} : { 'data-disabled': true })} onClick={() => can[move] && onMove(move)}>
                  <Icon size={16} aria-hidden />
                </ActionIcon>
              </Tooltip>
            ))}
          </nav>
        </div>
      )}
    </div>
  );
}

/** Of a search that was not counted to its end the total is "more than"; once its last page is reached, it is known. */
function shownText(t: TFunction<'admin'>, language: string, state: PageState, shown: number, facts: PageFacts): string {
  const n = (count: number) => formatCount(count, language);
  const range = pageRange(state, shown, facts);
  if (facts.total === 0) return t('pager.none');
  if (range === null) return t('pager.someOfMore', { shown: n(shown), total: n(facts.total) });
  const [from, to] = [n(range.from), n(range.to)];
  if (!facts.capped) return t('pager.shown', { from, to, total: n(facts.total) });
  return facts.hasNext ? t('pager.shownOfMore', { from, to, total: n(Math.max(facts.total, range.to)) }) : t('pager.shown', { from, to, total: to });
}
