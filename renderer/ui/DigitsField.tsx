import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './DigitsField.module.css';

export interface DigitsFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (digits: string) => void;
  /** Called once when the last box is filled. */
  readonly onComplete?: (digits: string) => void;
  /** What was pasted may be more than digits (a whole link). True: it was taken care of. */
  readonly onPaste?: (text: string) => boolean;
  /** Boxes; a gap stands in the middle. */
  readonly length?: number;
  /** What a box takes; codes by SMS have letters too. */
  readonly kind?: 'digits' | 'letters-and-digits';
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
  readonly disabled?: boolean;
}

const allowed = { digits: /[^0-9]/g, 'letters-and-digits': /[^0-9A-Z]/g };

/** What of `text` can stand in the boxes, e.g. of a pasted `418 207`. */
export function cleanDigits(text: string, kind: 'digits' | 'letters-and-digits', length: number): string {
  return text.toUpperCase().replace(allowed[kind], '').slice(0, length);
}

/**
 * Boxes that act as one field: typing goes on, paste fills all, Backspace goes back, arrows move. Each box has a name
 * ("Dígito 2 de 6"); the group carries the label and the error.
 */
export function DigitsField(props: DigitsFieldProps) {
  const { length = 6, kind = 'digits', value, disabled = false } = props;
  const { t } = useTranslation('ui');
  const id = useId();
  const boxes = useRef<(HTMLInputElement | null)[]>([]);
  const { autoFocus } = props;

  const focusBox = (index: number) => boxes.current[Math.max(0, Math.min(index, length - 1))]?.focus();
  useEffect(() => {
    if (autoFocus) boxes.current[0]?.focus();
  }, [autoFocus]);

  const change = (next: string, box: number) => {
    props.onChange(next);
    focusBox(box);
    if (next.length === length && next !== value) props.onComplete?.(next);
  };
  const type = (index: number, text: string) => {
    const typed = cleanDigits(text, kind, length);
    if (typed === '') return;
    const at = Math.min(index, value.length);
    // A box keeps its old digit beside the new one until React redraws it: the last one typed counts.
    const added = typed.length > 1 && at + typed.length > length ? typed.slice(-1) : typed;
    change((value.slice(0, at) + added + value.slice(at + added.length)).slice(0, length), at + added.length);
  };
  const press = (event: KeyboardEvent, index: number) => {
    if (event.key === 'Backspace') {
      event.preventDefault();
      const at = index < value.length ? index : value.length - 1;
      if (at >= 0) change(value.slice(0, at) + value.slice(at + 1), at);
    } else if (event.key === 'ArrowLeft') focusBox(index - 1);
    else if (event.key === 'ArrowRight') focusBox(Math.min(index + 1, value.length));
  };
  const paste = (event: ClipboardEvent) => {
    event.preventDefault();
    const text = event.clipboardData.getData('text');
    if (props.onPaste?.(text) === true) return;
    const pasted = cleanDigits(text, kind, length);
    if (pasted !== '') change(pasted, pasted.length);
  };

  return (
    <div role="group" aria-labelledby={`${id}-label`} aria-describedby={props.error === undefined ? undefined : `${id}-error`}>
      <p id={`${id}-label`} className={classes.label}>{props.label}</p>
      <div className={classes.boxes} data-invalid={props.error !== undefined || undefined}>
        {Array.from({ length }, (_, index) => (
          <input
            key={index} ref={(element) => { boxes.current[index] = element; }} className={classes.box} data-middle={index === length / 2 || undefined}
            aria-label={t(kind === 'digits' ? 'digits.digit' : 'digits.character', { index: index + 1, length })}
            aria-invalid={props.error !== undefined} value={value[index] ?? ''} disabled={disabled} maxLength={length}
            inputMode={kind === 'digits' ? 'numeric' : 'text'} autoComplete={index === 0 ? 'one-time-code' : 'off'} autoCapitalize="characters" spellCheck={false}
            onFocus={(event) => event.currentTarget.select()} onPaste={paste} onKeyDown={(event) => press(event, index)}
            onChange={(event) => type(index, event.currentTarget.value.length > 1 ? event.currentTarget.value.replace(value[index] ?? '', '') : event.currentTarget.value)}
          />
        ))}
      </div>
      {props.error !== undefined && <p id={`${id}-error`} role="alert" className={classes.error}>{props.error}</p>}
    </div>
  );
}
