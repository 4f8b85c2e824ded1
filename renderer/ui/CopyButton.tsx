import { Button, type ButtonProps } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useAnnounce } from './Announcer.tsx';
import { IconCheck, IconCopy } from './icons.ts';

export interface CopyButtonProps {
  readonly label: string;
  /** Shown for two seconds and announced, e.g. "Código copiado". */
  readonly done: string;
  /** Puts it on the clipboard; the owner of the data does it, this button never sees it. */
  readonly onCopy: () => Promise<void>;
  readonly variant?: string;
  readonly size?: ButtonProps['size'];
}

export function CopyButton({ label, done, onCopy, variant = 'default', size = 'sm' }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const announce = useAnnounce();
  useEffect(() => {
    if (!copied) return;
    const timer = window.setTimeout(() => setCopied(false), 2000);
    return () => window.clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await onCopy();
    setCopied(true);
    announce(done);
  };
  return (
    <Button variant={variant} size={size} leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />} onClick={() => void copy()}>
      {copied ? done : label}
    </Button>
  );
}
