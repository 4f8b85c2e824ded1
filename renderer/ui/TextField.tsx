import { TextInput } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import classes from './PasswordField.module.css';

export interface TextFieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly icon?: ReactNode;
  readonly autoFocus?: boolean;
  readonly disabled?: boolean;
  readonly autoComplete?: 'username' | 'one-time-code' | 'off';
  readonly inputMode?: 'text' | 'numeric' | 'email' | 'tel' | 'url';
  readonly maxLength?: number;
  /** The label is there for screen readers only; the placeholder shows what is meant. */
  readonly hideLabel?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** One line of text at the height of a decision (44 px). */
export function TextField(props: TextFieldProps) {
  return (
    <TextInput
      {...(props.inputRef === undefined ? {} : { ref: props.inputRef })} {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
      {...(props.icon === undefined ? {} : { leftSection: props.icon, leftSectionWidth: 40 })} {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
      {...(props.hideLabel ? { 'aria-label': props.label } : { label: props.label })}
      name={props.name} value={props.value} error={props.error} description={props.description} disabled={props.disabled ?? false}
      inputWrapperOrder={['label', 'input', 'error', 'description']} autoFocus={props.autoFocus ?? false} data-autofocus={props.autoFocus || undefined}
      autoComplete={props.autoComplete ?? 'off'} autoCapitalize="none" spellCheck={false} inputMode={props.inputMode ?? 'text'}
      classNames={{ input: classes.input ?? '', description: classes.description ?? '' }}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
