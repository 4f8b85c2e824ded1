import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/Card.tsx';
import { IconCamera, IconQrcode, IconScan } from '../../ui/icons.ts';
import classes from './token.module.css';

/** The two quick ways to a portal's QR; the others are on its screen. */
export function ScanCard() {
  const { t } = useTranslation('token');
  return (
    <Card title={<><IconQrcode size={18} className={classes.scanIcon ?? ''} aria-hidden />{t('scan.title')}</>}>
      <p className={classes.cardText}>{t('scan.text')}</p>
      <div className={classes.scanWays}>
        <Button component="a" href="#/scan/screen" variant="default" leftSection={<IconScan size={18} aria-hidden />}>{t('scan.screen')}</Button>
        <Button component="a" href="#/scan/camera" variant="default" leftSection={<IconCamera size={18} aria-hidden />}>{t('scan.camera')}</Button>
      </div>
    </Card>
  );
}
