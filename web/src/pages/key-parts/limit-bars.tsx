import { useTranslations } from 'use-intl';
import type { Key } from '../../api/schema.ts';
import { Progress } from '../../ui/progress.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { shareOf, toneOfShare } from './condition.ts';
import { spendWindows } from './key-body.ts';

/** How far the spending limits of a key are used, as small bars; nothing where it has none. */
export function LimitBars({ shown }: { readonly shown: Key }) {
  const t = useTranslations('keys');
  const { money } = useFormats();
  const limited = spendWindows.flatMap((window) =>
    shown.spend.filter((each) => each.window === window && each.limit_usd !== null),
  );
  if (limited.length === 0) return null;
  return (
    <span className="relative z-[1] mt-1 grid w-24 gap-1">
      {limited.map((window) => {
        const share = shareOf(window) ?? 0;
        const text = t('limitUse', {
          window: t(`windows.${window.window}`),
          used: money(window.used_usd),
          limit: money(window.limit_usd ?? '0'),
        });
        return (
          <Tooltip key={window.window} text={text} describes={false}>
            <span className="block py-px">
              <Progress label={text} value={share} tone={toneOfShare(share)} />
            </span>
          </Tooltip>
        );
      })}
    </span>
  );
}
