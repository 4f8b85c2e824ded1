import { TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconSearch, IconX } from './icons.ts';
import classes from './SearchField.module.css';

export interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Ctrl K (⌘ K) brings the caret here; one field a screen. */
  readonly shortcut?: boolean;
  /** Where there is no room for it, the shortcut works without being shown. */
  readonly quiet?: boolean;
  readonly autoFocus?: boolean;
  readonly width?: number;
}

/** Search of a list. Escape empties it. */
export function SearchField({ label, value, onChange, shortcut = false, quiet = false, autoFocus = false, width = 264 }: SearchFieldProps) {
  const { t } = useTranslation('admin');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!shortcut) return;
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [shortcut]);
  const hint = value !== ''
    ? <button type="button" className={classes.clear} aria-label={t('search.clear')} onClick={() => { onChange(''); input.current?.focus(); }}><IconX size={14} aria-hidden /></button>
    : shortcut && !quiet ? <kbd className={classes.key} aria-hidden="true">{t('search.shortcut')}</kbd> : null;
  return (
    <TextInput
      ref={input} type="text" role="searchbox" aria-label={label} placeholder={label} value={value} autoFocus={autoFocus} maxLength={100} size="sm" w={width} maw="100%"
      spellCheck={false} autoComplete="off" aria-keyshortcuts={shortcut ? 'Control+K' : undefined}
      leftSection={<IconSearch size={16} aria-hidden />} rightSection={hint} rightSectionWidth={value === '' && shortcut && !quiet ? 62 : 36}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => { if (event.key === 'Escape' && value !== '') { event.stopPropagation(); onChange(''); } }}
    />
  );
}
