import { useTranslation } from 'react-i18next';
import { IconBuildingBank, IconRosetteDiscountCheckFilled } from '../../ui/icons.ts';
import classes from './bind.module.css';
import type { InvitationPreview } from './flow.ts';

/** Who invites, above what is typed. The seal: the authority's key is the one that the invitation names. */
export function CompanyCard({ preview }: { readonly preview: InvitationPreview }) {
  const { t } = useTranslation('bind');
  return (
    <div className={classes.company}>
      <span className={classes.companyTile}><IconBuildingBank size={22} aria-hidden /></span>
      <div className={classes.companyText}>
        <p className={classes.companyName}>
          {preview.company ?? t('company.issuer', { issuer: preview.issuer })}
          <IconRosetteDiscountCheckFilled size={16} className={classes.seal ?? ''} aria-hidden />
          <span className="visually-hidden">{t('company.verified')}</span>
        </p>
        <p className={classes.companyLine}>{preview.company === null ? t('company.invitesTyped') : t('company.invites', { issuer: preview.issuer })}</p>
        <p className={classes.companyAddress}>{preview.authority}</p>
      </div>
    </div>
  );
}
