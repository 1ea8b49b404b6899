import { useMemo } from 'react';
import type { Key } from '../../api/schema.ts';
import { useSite } from '../../site.ts';
import { heldSecret } from '../key-parts/held-secrets.ts';
import { type OfferedModel, useGroups, useModels } from '../key-parts/offers.ts';
import { providerName, type Setting, type System } from './snippets/snippet.ts';
import { type Family, families } from './tools.ts';

interface Choices {
  /** Null where the page has none: its shortened form stands in the snippets. */
  readonly secret?: string | null;
  readonly model?: string | undefined;
  readonly system?: System;
  /** Name of a region; absent: this one. */
  readonly region?: string | undefined;
}

/** All that a snippet for a key is made of; null while it is on its way. */
export function useSetting(key: Key | null, choices: Choices = {}): Setting | null {
  const { site } = useSite();
  const family = useFamily(key);
  const { models } = useModels(key?.group, key !== null);
  const { secret = key && heldSecret(key.id), model, system = systemHere(), region } = choices;
  return useMemo(() => {
    if (key === null || site === undefined || family === null || models === null) return null;
    const usable = usableModels(models, key);
    const chosen = usable.find(({ id }) => id === model) ?? firstModel(usable);
    return {
      family,
      baseUrl: site.regions.find(({ name }) => name === region)?.api_base_url ?? site.api_base_url,
      model: chosen?.id ?? '…',
      secret: secret ?? `${key.prefix}…`,
      system,
      provider: providerName(site.name),
      siteName: site.name,
    };
  }, [site, family, models, key, model, secret, system, region]);
}

/** Whose protocol a key's vendor speaks; null while it is on its way. */
export function useFamily(key: Key | null): Family | null {
  const { data: groups } = useGroups();
  if (key === null || groups === undefined) return null;
  const group = groups.find(({ id }) => id === key.group) ?? groups.find(({ vendor }) => vendor === key.vendor);
  // A group that is offered no more still serves its keys.
  return group?.family ?? families.find((family) => family === key.vendor) ?? 'openai';
}

/** What a key can be used with in a conversation, newest first. */
export function usableModels(models: readonly OfferedModel[], key: Key): readonly OfferedModel[] {
  return models
    .filter(({ mode, id }) => (mode === 'chat' || mode === 'completion') && (key.allowed_models?.includes(id) ?? true))
    .sort((a, b) => b.released_at.localeCompare(a.released_at));
}

/** As the documentation has them: known to every tool, and not the dearest. */
const usual = new Set(['gpt-5.5', 'claude-sonnet-5', 'gemini-3.5-flash']);

export function firstModel(models: readonly OfferedModel[]): OfferedModel | undefined {
  return models.find(({ id }) => usual.has(id)) ?? models[0];
}

/** What the reader most likely works on. */
export function systemHere(): System {
  const { userAgent } = navigator;
  if (/windows/i.test(userAgent)) return 'windows';
  return /mac|iphone|ipad/i.test(userAgent) ? 'macos' : 'linux';
}
