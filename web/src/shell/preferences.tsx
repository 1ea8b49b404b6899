import { Languages, Monitor, Moon, Sun } from 'lucide-react';
import { languageOf, languages, useLanguage } from '../language.tsx';
import { useSite } from '../site.ts';
import { chooseTheme, type Theme, useTheme } from '../theme.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuChoice } from '../ui/menu.tsx';
import { useTranslations } from '../words/use-translations.ts';

/** The language switcher: what the console and the site both speak. */
export function LanguageMenu() {
  const t = useTranslations('shell');
  const { id, choose } = useLanguage();
  const { site } = useSite();
  const offered = languages.filter(
    (language) => site === undefined || site.languages.some((tag) => languageOf(tag)?.id === language.id),
  );
  if (offered.length < 2) return null;
  return (
    <Menu
      label={t('language')}
      trigger={(trigger) => <IconButton {...trigger} icon={Languages} label={t('language')} />}
    >
      {offered.map((language) => (
        <MenuChoice key={language.id} checked={language.id === id} onSelect={() => void choose(language.id)}>
          <span lang={language.tag}>{language.name}</span>
        </MenuChoice>
      ))}
    </Menu>
  );
}

const themeIcons = { light: Sun, dark: Moon, system: Monitor } as const;
const themes: readonly Theme[] = ['light', 'dark', 'system'];

export function ThemeMenu() {
  const t = useTranslations('shell');
  const theme = useTheme();
  return (
    <Menu
      label={t('theme')}
      trigger={(trigger) => <IconButton {...trigger} icon={themeIcons[theme]} label={t('theme')} />}
    >
      {themes.map((each) => (
        <MenuChoice key={each} checked={each === theme} onSelect={() => chooseTheme(each)}>
          {t(`themes.${each}`)}
        </MenuChoice>
      ))}
    </Menu>
  );
}
