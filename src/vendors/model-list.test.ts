import { describe, expect, it } from 'vitest';
import { type ModelFacts, modelBody, modelListBody } from './model-list.ts';

const models: readonly ModelFacts[] = Array.from({ length: 5 }, (_, i) => ({
  id: `m-${i}`,
  displayName: `Model ${i}`,
  createdAtMs: Date.UTC(2026, 0, 1),
  ownedBy: 'acme',
  mode: i === 4 ? 'embedding' : 'chat',
  maxInputTokens: i === 0 ? null : 1_000,
  maxOutputTokens: 500,
}));

function list(family: 'openai' | 'anthropic' | 'gemini', query = '') {
  return JSON.parse(modelListBody(family, models, query));
}

describe('model list', () => {
  it('has OpenAI’s shape, and `models` for Codex alone', () => {
    expect(list('openai').data).toHaveLength(5);
    expect(list('openai')).toMatchObject({ object: 'list' });
    expect(list('openai').data[0]).toEqual({
      id: 'm-0',
      object: 'model',
      created: 1_767_225_600,
      owned_by: 'acme',
      type: 'model',
      display_name: 'Model 0',
    });
    expect('models' in list('openai')).toBe(false);
    expect(list('openai', '?client_version=0.169.0').models).toEqual([]);
  });

  it('has Anthropic’s shape and pages', () => {
    expect(list('anthropic')).toMatchObject({ has_more: false, first_id: 'm-0', last_id: 'm-4' });
    expect(list('anthropic').data[1]).toEqual({
      type: 'model',
      id: 'm-1',
      display_name: 'Model 1',
      created_at: '2026-01-01T00:00:00Z',
      max_input_tokens: 1_000,
      max_tokens: 500,
    });
    expect(list('anthropic', '?limit=2')).toMatchObject({ has_more: true, first_id: 'm-0', last_id: 'm-1' });
    expect(list('anthropic', 'limit=2&after_id=m-1')).toMatchObject({
      has_more: true,
      first_id: 'm-2',
      last_id: 'm-3',
    });
    expect(list('anthropic', '?limit=2&after_id=m-3')).toMatchObject({ has_more: false, first_id: 'm-4' });
    expect(list('anthropic', '?limit=2&before_id=m-3')).toMatchObject({
      has_more: true,
      first_id: 'm-1',
      last_id: 'm-2',
    });
    expect(list('anthropic', '?limit=9&before_id=m-3')).toMatchObject({ has_more: false, first_id: 'm-0' });
    expect(list('anthropic', '?after_id=nope')).toEqual({ data: [], has_more: false, first_id: null, last_id: null });
    expect(list('anthropic', '?limit=-1').data).toHaveLength(5);
  });

  it('has Google’s shape and pages', () => {
    const first = list('gemini', '?pageSize=3');
    expect(first.models.map((model: { name: string }) => model.name)).toEqual([
      'models/m-0',
      'models/m-1',
      'models/m-2',
    ]);
    const second = list('gemini', `?pageSize=3&pageToken=${first.nextPageToken}`);
    expect(second.models).toHaveLength(2);
    expect('nextPageToken' in second).toBe(false);
    expect(second.models[1].supportedGenerationMethods).toContain('embedContent');
    expect(list('gemini', '?pageToken=%00garbage').models).toHaveLength(5);
  });

  it('shows one model as the list does', () => {
    const [model] = models;
    if (!model) throw new Error('no model');
    for (const family of ['openai', 'anthropic', 'gemini'] as const) {
      const all = list(family);
      expect(JSON.parse(modelBody(family, model))).toEqual((all.data ?? all.models)[0]);
    }
  });
});
