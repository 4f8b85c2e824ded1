import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import '@mantine/core/styles/Drawer.layer.css';
import { Button, Drawer as MantineDrawer, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Dialogs.module.css';
import { Form } from './FormLayout.tsx';
import { useFocusBack } from './use-focus-back.ts';

export interface DialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  /** Under the title: person and serial. */
  readonly subtitle?: ReactNode;
  /** 480 for a question, 800 for a comparison. */
  readonly width?: number;
  /** Refusal at the far left of the foot. */
  readonly refuse?: ReactNode;
  /** Cancel and primary, at the right of the foot. */
  readonly actions?: ReactNode;
  /** Body and foot are one form: Enter does what its submit button does. */
  readonly onSubmit?: () => void;
  /** Without padding, for bands that reach the edge. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** Title, body that scrolls, foot that stays. Closes with Escape; focus goes back to what opened it. */
export function Dialog(props: DialogProps) {
  const { t } = useTranslation('ui');
  useFocusBack(props.opened);
  return (
    <Modal.Root opened={props.opened} onClose={props.onClose} size={props.width ?? 480} centered lockScroll={false} transitionProps={{ transition: 'pop', duration: 180 }}>
      <Modal.Overlay />
      <Modal.Content classNames={{ content: classes.content ?? '', inner: classes.inner ?? '' }}>
        <Modal.Header className={classes.header} role="presentation">
          <div className={classes.headings}>
            <Modal.Title className={classes.title}>{props.title}</Modal.Title>
            {props.subtitle !== undefined && <div className={classes.subtitle}>{props.subtitle}</div>}
          </div>
          <Modal.CloseButton aria-label={t('close')} size={36} />
        </Modal.Header>
        {props.onSubmit === undefined ? <Inside {...props} /> : (
          <Form className={classes.form} onSubmit={props.onSubmit} {...(typeof props.title === 'string' ? { label: props.title } : {})}><Inside {...props} /></Form>
        )}
      </Modal.Content>
    </Modal.Root>
  );
}

function Inside({ flush, refuse, actions, children }: DialogProps) {
  return (
    <>
      <Modal.Body className={classes.body} data-flush={flush || undefined}>{children}</Modal.Body>
      {(actions !== undefined || refuse !== undefined) && (
        <footer className={classes.foot}>
          <div>{refuse}</div>
          <div className={classes.actions}>{actions}</div>
        </footer>
      )}
    </>
  );
}

export interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** The verb that names the effect ("Bloquear mi token"), never "Aceptar". */
  readonly confirm: string;
  readonly onConfirm: () => void;
  readonly danger?: boolean;
  readonly busy?: boolean;
  readonly disabled?: boolean;
}

/** A last question before something that cannot be taken back; the only place of a filled red button. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation('ui');
  return (
    <Dialog
      opened={props.opened} onClose={props.onClose} title={props.title}
      actions={
        <>
          <Button variant="default" size="md" onClick={props.onClose} data-autofocus>{t('cancel')}</Button>
          <Button size="md" {...(props.danger ? { color: 'red' } : {})} loading={props.busy ?? false} disabled={props.disabled ?? false} onClick={props.onConfirm}>{props.confirm}</Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  );
}

export interface DrawerProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly subtitle?: ReactNode;
  /** Beside the close button. */
  readonly tools?: ReactNode;
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}

/** 560 px at the right edge: a history beside the table it belongs to. */
export function Drawer(props: DrawerProps) {
  const { t } = useTranslation('ui');
  useFocusBack(props.opened);
  return (
    <MantineDrawer.Root opened={props.opened} onClose={props.onClose} position="right" size={560} lockScroll={false} transitionProps={{ duration: 180 }}>
      <MantineDrawer.Overlay />
      <MantineDrawer.Content classNames={{ content: classes.drawer ?? '' }}>
        <MantineDrawer.Header className={classes.header} role="presentation">
          <div className={classes.headings}>
            <MantineDrawer.Title className={classes.title}>{props.title}</MantineDrawer.Title>
            {props.subtitle !== undefined && <div className={classes.subtitle}>{props.subtitle}</div>}
          </div>
          {props.tools}
          <MantineDrawer.CloseButton aria-label={t('close')} size={36} />
        </MantineDrawer.Header>
        <MantineDrawer.Body className={classes.body}>{props.children}</MantineDrawer.Body>
        {props.foot !== undefined && <footer className={classes.foot}>{props.foot}</footer>}
      </MantineDrawer.Content>
    </MantineDrawer.Root>
  );
}
