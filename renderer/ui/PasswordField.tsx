import { ActionIcon, TextInput } from '@mantine/core';
import { type ReactNode, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconEye, IconEyeOff } from './icons.ts';
import classes from './PasswordField.module.css';

export interface PasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly name: string;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly icon?: ReactNode;
  readonly autoFocus?: boolean;
  readonly disabled?: boolean;
  readonly autoComplete?: 'current-password' | 'new-password' | 'off';
  /** Digits only, shown as large dots. */
  readonly pin?: boolean;
  readonly maxLength?: number;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** A secret on one line, with an eye to read what was typed. */
export function PasswordField(props: PasswordFieldProps) {
  const { t } = useTranslation('ui');
  const [visible, setVisible] = useState(false);
  const Eye = visible ? IconEyeOff : IconEye;
  return (
    <TextInput
      {...(props.inputRef === undefined ? {} : { ref: props.inputRef })}
      label={props.label} name={props.name} value={props.value} disabled={props.disabled ?? false} error={props.error} description={props.description}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      type={visible ? 'text' : 'password'} inputMode={props.pin ? 'numeric' : 'text'} {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
      autoComplete={props.autoComplete ?? 'off'} autoCapitalize="none" spellCheck={false} data-autofocus={props.autoFocus || undefined} autoFocus={props.autoFocus ?? false}
      classNames={{ input: `${classes.input} ${props.pin ? classes.pin : ''}`, description: classes.description ?? '' }}
      leftSection={props.icon} {...(props.icon === undefined ? {} : { leftSectionWidth: 40 })} rightSectionWidth={46}
      rightSection={
        <ActionIcon size={36} variant="subtle" disabled={props.disabled ?? false} aria-pressed={visible} aria-label={visible ? t('password.hide') : t('password.show')} onClick={() => setVisible(!visible)}>
          <Eye size={18} aria-hidden />
        </ActionIcon>
      }
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
