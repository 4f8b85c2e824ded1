import type { ReactNode, Ref } from 'react';
import { PasswordField } from './PasswordField.tsx';

export interface PinFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (pin: string) => void;
  readonly name?: string;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly autoFocus?: boolean;
  readonly disabled?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** Longest PIN that `pinWeakness` allows. */
const longest = 12;

/** The PIN of a token: 6 to 12 digits; whatever is not a digit is dropped while typing or pasting. */
export function PinField({ name = 'pin', onChange, ...rest }: PinFieldProps) {
  return <PasswordField {...rest} name={name} pin maxLength={longest} onChange={(value) => onChange(value.replace(/\D/g, '').slice(0, longest))} />;
}
