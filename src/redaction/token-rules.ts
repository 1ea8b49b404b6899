import type { SecretKind } from './kinds.ts';

/**
 * Keys and tokens of others, by how they begin. The order counts: the first that fits wins, so what is special stands
 * before what is general.
 *
 * A pattern is a regular expression without `?`, `*` and `+` on single characters; lengths leave room for keys that
 * were cut. In `example` and `nearMiss`, `{40}` stands for forty made-up letters and digits, `{h32}` for hexadecimal
 * ones, `{d10}` for digits, `{u16}` for capitals and digits, `{l20}` for small letters: no whole key stands in this file.
 */
export interface TokenRule {
  readonly kind: SecretKind;
  readonly issuer: string | null;
  readonly pattern: string;
  /** Length of a whole one, where all are of one length. */
  readonly usual?: number;
  /** What must be in it besides, where words could look alike. */
  readonly needs?: RegExp;
  readonly example: string;
  readonly nearMiss: string;
}

const w = '[0-9A-Za-z_-]';
const a = '[0-9A-Za-z]';
const digit = /\d/;
const mixed = /^(?=.*\d)(?=.*[A-Z])(?=.*[a-z])/;

type Row = readonly [issuer: string | null, pattern: string, example: string, nearMiss: string, more?: More];
type More = Pick<TokenRule, 'usual' | 'needs'>;

const vendorKeys: readonly Row[] = [
  ['anthropic', `sk-ant-${w}{20,200}`, 'sk-ant-api03-{93}AA', 'sk-ant-…', { usual: 108 }],
  ['openrouter', `sk-or-${w}{20,120}`, 'sk-or-v1-{h64}', 'sk-or-v1', { usual: 73 }],
  ['openai', `sk-(?:proj|svcacct|admin|None)-${w}{20,300}`, 'sk-proj-{74}T3BlbkFJ{74}', 'sk-proj-xxxx'],
  ['openai', `sk-${a}{20}T3BlbkFJ${a}{12,40}`, 'sk-{20}T3BlbkFJ{20}', 'sk-T3BlbkFJ', { usual: 51 }],
  ['openai', `sess-${a}{30,80}`, 'sess-{40}', 'sess-2026-11-21', { needs: digit }],
  ['cerebras', `csk-${a}{30,80}`, 'csk-{l47}1', 'csk-model', { needs: digit }],
  ['langsmith', `lsv2_(?:pt|sk)_[0-9a-f]{28,40}_[0-9a-f]{6,16}`, 'lsv2_pt_{h32}_{h10}', 'lsv2_pt_name'],
  ['langfuse', `sk-lf-[0-9a-f-]{28,40}`, 'sk-lf-{h8}-{h4}-{h4}-{h4}-{h12}', 'sk-lf-name', { usual: 42 }],
  ['deepseek', `sk-[0-9a-f]{28,36}(?!${a})`, 'sk-{h31}7', 'sk-{h12}', { usual: 35, needs: digit }],
  ['google', `AIza${w}{30,40}`, 'AIzaSy{33}', 'AIzaSy…', { usual: 39, needs: digit }],
  ['google', `AQ\\.Ab${w}{30,80}`, 'AQ.Ab8{47}', 'AQ.Ab8', { needs: digit }],
  ['groq', `gsk_${a}{30,80}`, 'gsk_{52}', 'gsk_model_name', { usual: 56, needs: digit }],
  ['xai', `xai-${a}{40,120}`, 'xai-{80}', 'xai-grok-4', { usual: 84, needs: digit }],
  ['perplexity', `pplx-${a}{30,80}`, 'pplx-{48}', 'pplx-70b-online', { usual: 53, needs: digit }],
  ['replicate', `r8_${a}{30,60}`, 'r8_{37}', 'r8_small', { usual: 40, needs: digit }],
  ['fireworks', `fw_${a}{20,60}`, 'fw_{24}', 'fw_version_2', { needs: digit }],
  ['fireworks', `fpk_${a}{20,60}`, 'fpk_{24}', 'fpk_name', { needs: digit }],
  ['together', `tgp_v1_${w}{30,60}`, 'tgp_v1_{43}', 'tgp_v1_', { usual: 50 }],
  ['nvidia', `nvapi-${w}{40,90}`, 'nvapi-{64}', 'nvapi-docs', { usual: 70 }],
  ['huggingface', `(?:hf|api_org)_${a}{30,45}`, 'hf_{34}', 'hf_hub_download', { usual: 37 }],
  ['voyage', `pa-${w}{40,60}`, 'pa-{43}', 'pa-1234', { needs: mixed }],
  ['jina', `jina_[0-9a-f]{32}${w}{20,40}`, 'jina_{h32}{28}', 'jina_embeddings', { usual: 65 }],
  ['tavily', `tvly-(?:dev-|prod-)${a}{25,50}`, 'tvly-dev-{32}', 'tvly-dev', { needs: digit }],
  ['tavily', `tvly-${a}{25,50}`, 'tvly-{32}', 'tvly-python', { needs: digit }],
  ['firecrawl', `fc-[0-9a-f]{28,36}(?!${a})`, 'fc-{h31}4', 'fc-{h6}', { usual: 35, needs: digit }],
  ['elevenlabs', `sk_[0-9a-f]{40,56}(?!${a})`, 'sk_{h47}3', 'sk_{h8}', { usual: 51, needs: digit }],
  ['github', `github_pat_${a}{20,24}_${a}{50,70}`, 'github_pat_{22}_{59}', 'github_pat_', { usual: 93 }],
  ['stripe', `(?:sk|rk|pk)_(?:live|test)_${a}{16,250}`, 'sk_live_{40}', 'sk_live_', { needs: digit }],
  ['stripe', `whsec_[0-9A-Za-z+/]{24,70}`, 'whsec_{32}', 'whsec_name', { needs: digit }],
  ['moonshot', `sk-${a}{40,56}(?!${a})`, 'sk-{47}5', 'sk-learn', { needs: mixed }],
  [null, `sk-${a}{20,120}`, 'sk-{29}8', 'sk-{h9}', { needs: digit }],
];

const accessTokens: readonly Row[] = [
  ['github', `gh[pousr]_${a}{30,255}`, 'ghp_{36}', 'ghp_name', { usual: 40, needs: digit }],
  ['gitlab', `gl(?:pat|ptt|cbt|rt|dt|ft|soat|imt|agent|oas|ffct)-${w}{18,300}`, 'glpat-{20}', 'glpat-docs'],
  ['bitbucket', `ATBB${a}{28,40}`, 'ATBB{32}', 'ATBB12', { needs: mixed }],
  ['atlassian', `ATATT3${w}{60,400}`, 'ATATT3xFfGF0{170}', 'ATATT3', { needs: mixed }],
  ['slack', `xox[abeprs]-${a}{1,20}-[0-9A-Za-z-]{10,300}`, 'xoxb-{d12}-{d12}-{24}', 'xoxb-1'],
  ['slack', `xapp-\\d{1,2}-[0-9A-Z]{6,16}-\\d{8,16}-[0-9a-f]{30,80}`, 'xapp-1-{u11}-{d13}-{h64}', 'xapp-1-A'],
  [
    'slack',
    `hooks\\.slack\\.com/services/T${a}{6,14}/B${a}{6,14}/${a}{16,30}`,
    'hooks.slack.com/services/T{u8}/B{u8}/{24}',
    'hooks.slack.com/services/',
  ],
  [
    'discord',
    `discord\\.com/api/webhooks/\\d{16,22}/${w}{40,90}`,
    'discord.com/api/webhooks/{d18}/{68}',
    'discord.com/api/webhooks/1',
  ],
  ['discord', `[MNO]${a}{22,28}\\.${w}{6}\\.${w}{25,40}`, 'M{23}.{6}.{27}', 'Module.exports.value', { needs: mixed }],
  ['telegram', `bot\\d{8,10}:A${w}{33,36}(?!${w})`, 'bot{d10}:AA{33}', 'bot12:AB', { needs: digit }],
  ['telegram', `\\d{8,10}:A${w}{33,36}(?!${w})`, '{d10}:AA{33}', '1234567890:AB', { needs: digit }],
  ['npm', `npm_${a}{30,50}`, 'npm_{36}', 'npm_config_registry', { usual: 40 }],
  ['pypi', `pypi-AgE${w}{40,300}`, 'pypi-AgEIcHlwaS5vcmc{120}', 'pypi-server'],
  ['rubygems', `rubygems_[0-9a-f]{40,60}`, 'rubygems_{h48}', 'rubygems_plugin', { usual: 57 }],
  ['docker', `dckr_(?:pat|oat)_${w}{20,60}`, 'dckr_pat_{27}', 'dckr_pat_', { usual: 36 }],
  ['crates', `cio${a}{32}(?!${a})`, 'cio{32}', 'cio2', { needs: mixed }],
  ['sendgrid', `SG\\.${w}{16,32}\\.${w}{30,64}`, 'SG.{22}.{43}', 'SG.1.2', { usual: 69 }],
  ['twilio', `SK[0-9a-f]{32}(?!${a})`, 'SK{h32}', 'SK{h8}', { needs: digit }],
  ['mailgun', `key-[0-9a-f]{32}(?!${a})`, 'key-{h32}', 'key-{h8}', { needs: digit }],
  ['mailchimp', `[0-9a-f]{32}-us\\d{1,2}(?!${a})`, '{h32}-us14', '{h32}'],
  ['postman', `PMAK-[0-9a-f]{24}-[0-9a-f]{30,40}`, 'PMAK-{h24}-{h34}', 'PMAK-1'],
  ['notion', `(?:ntn_|secret_)${a}{40,50}`, 'ntn_{46}', 'secret_name', { needs: mixed }],
  ['linear', `lin_(?:api|oauth)_${a}{30,70}`, 'lin_api_{40}', 'lin_api_', { needs: digit }],
  ['vercel', `(?:vcp|vci|vca|vcr|vck)_${a}{20,70}`, 'vcp_{56}', 'vcp_name', { needs: digit }],
  ['netlify', `nfp_${a}{30,60}`, 'nfp_{36}', 'nfp_site', { needs: digit }],
  ['figma', `figd_${w}{30,60}`, 'figd_{40}', 'figd_', { needs: digit }],
  ['airtable', `pat${a}{14}\\.[0-9a-f]{50,70}`, 'pat{14}.{h64}', 'pattern.{h8}'],
  ['grafana', `gl(?:sa|c)_${a}{30,200}`, 'glsa_{32}', 'glsa_name', { needs: digit }],
  ['sentry', `sntry[su]_${a}{40,250}`, 'sntrys_{90}', 'sntrys_', { needs: digit }],
  ['newrelic', `NRAK-[0-9A-Z]{24,32}`, 'NRAK-{u27}', 'NRAK-1', { usual: 32 }],
  ['databricks', `dapi[0-9a-f]{32}`, 'dapi{h32}', 'dapi{h6}', { needs: digit }],
  ['vault', `hv[sbr]\\.${w}{24,300}`, 'hvs.{90}', 'hvs.local', { needs: digit }],
  ['terraform', `${a}{14}\\.atlasv1\\.${w}{40,80}`, '{14}.atlasv1.{60}', 'a.atlasv1.b'],
  ['doppler', `dp\\.(?:pt|st|ct|sa)\\.${w}{30,60}`, 'dp.pt.{43}', 'dp.pt.x'],
  ['pulumi', `pul-[0-9a-f]{40}`, 'pul-{h40}', 'pul-{h6}', { usual: 44 }],
  ['supabase', `sbp_[0-9a-f]{40}`, 'sbp_{h40}', 'sbp_x', { usual: 44 }],
  ['shopify', `shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}`, 'shpat_{h32}', 'shpat_x', { usual: 38 }],
  ['square', `sq0(?:atp|csp|idp)-${w}{22,64}`, 'sq0atp-{22}', 'sq0atp-', { needs: digit }],
  ['facebook', `EAA[BCDGHJLMNPR]${a}{60,300}`, 'EAAG{150}', 'EAAGx', { needs: digit }],
  ['google', `ya29\\.${w}{30,400}`, 'ya29.a0{120}', 'ya29.', { needs: digit }],
  ['google', `GOCSPX-${w}{24,32}`, 'GOCSPX-{28}', 'GOCSPX-', { usual: 35 }],
  ['dropbox', `sl\\.(?:u\\.)?${w}{120,1500}`, 'sl.u.{140}', 'sl.u.x'],
];

const cloudKeys: readonly Row[] = [
  ['aws', `(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}(?!${a})`, 'AKIA{u15}7', 'AKIA{u4}', { usual: 20 }],
  ['aws', `ABSK[0-9A-Za-z+/]{60,200}`, 'ABSK{120}', 'ABSK1', { needs: mixed }],
  ['alibaba', `LTAI${a}{12,26}(?!${a})`, 'LTAI5t{18}', 'LTAI1', { needs: digit }],
  ['tencent', `AKID${a}{30,40}(?!${a})`, 'AKID{32}', 'AKID1', { needs: mixed }],
  ['volcengine', `AKLT${w}{30,70}`, 'AKLT{44}', 'AKLT1', { needs: mixed }],
  ['digitalocean', `do[opr]_v1_[0-9a-f]{60,68}`, 'dop_v1_{h64}', 'dop_v1_x', { usual: 71 }],
  ['azure', `${a}{40,60}JQQJ9${a}{12,40}(?!${a})`, '{52}JQQJ99{26}', 'JQQJ99', { usual: 84 }],
  ['azure', `${w}{3}8Q~${w}{30,40}`, '{3}8Q~{34}', '8Q~'],
  ['cloudflare', `v1\\.0-[0-9a-f]{24}-[0-9a-f]{100,200}`, 'v1.0-{h24}-{h146}', 'v1.0-beta'],
];

function rules(kind: SecretKind, rows: readonly Row[]): TokenRule[] {
  return rows.map(([issuer, pattern, example, nearMiss, more]) => ({
    kind,
    issuer,
    pattern,
    example,
    nearMiss,
    ...more,
  }));
}

export const tokenRules: readonly TokenRule[] = [
  ...rules('vendor_key', vendorKeys),
  ...rules('access_token', accessTokens),
  ...rules('cloud_key', cloudKeys),
];
