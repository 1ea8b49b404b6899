import type { Key } from '../../api/schema.ts';
import { useSession } from '../../session.tsx';
import { useSite } from '../../site.ts';
import { Banner } from '../../ui/banner.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { conditionOf, isUsedUp } from '../key-parts/condition.ts';
import { useDisabledBy } from '../key-parts/key-state.tsx';

/** Why calls with the key are refused, and who can change that; nothing while it works. */
export function Standing({ shown }: { readonly shown: Key }) {
  const t = useTranslations('keys.standing');
  const tWindows = useTranslations('keys.windows');
  const condition = conditionOf(shown);
  if (condition === 'disabled') return <Disabled shown={shown} />;
  if (condition === 'deleted') return <Banner title={t('deleted')}>{t('deletedText')}</Banner>;
  if (condition === 'expired') {
    const at = shown.expires_at ?? shown.updated_at;
    return (
      <Banner tone="warn" title={t('expired')}>
        {t.rich('expiredText', { time: () => <Time at={at} /> })}
      </Banner>
    );
  }
  const full = condition === 'limited' ? shown.spend.find((window) => isUsedUp(window)) : undefined;
  if (full === undefined) return null;
  const reset = full.reset_at;
  return (
    <Banner tone="warn" title={t('limited', { window: tWindows(full.window) })}>
      {reset === null ? t('limitedForGood') : t.rich('limitedText', { time: () => <Time at={reset} /> })}
    </Banner>
  );
}

function Disabled({ shown }: { readonly shown: Key }) {
  const t = useTranslations('keys.standing');
  const { account } = useSession();
  const { site } = useSite();
  const by = useDisabledBy(shown);
  const hand = shown.disabled?.by;
  const isOwn = hand?.by === 'member' && hand.account_id === account.id;
  return (
    <Banner tone="danger" title={by ? t('disabledBy', { by }) : t('disabled')}>
      {shown.disabled?.reason && <p>{t('reason', { reason: shown.disabled.reason })}</p>}
      {hand?.by === 'staff' && site && (
        <p>
          {t.rich('askSupport', {
            address: () => (
              <a
                className="link"
                href={`mailto:${site.support_address}?subject=${encodeURIComponent(`bug: key ${shown.prefix}… disabled`)}`}
              >
                {site.support_address}
              </a>
            ),
          })}
        </p>
      )}
      {hand?.by === 'member' && !isOwn && <p>{t('askMember', { name: hand.name ?? '' })}</p>}
      {isOwn && <p>{t('yourself')}</p>}
    </Banner>
  );
}
