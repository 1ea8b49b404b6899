import { useRead } from '../../api/queries.ts';
import { fullPage, useAll } from './use-all.ts';

const liveMs = 5_000;

/** How every channel does, asked again and again while it is looked at. */
export function useChannelHealth() {
  return useRead('/admin/v1/channels/health', {}, { everyMs: liveMs });
}

export function useVendors() {
  return useRead('/admin/v1/vendors', { query: { limit: fullPage } });
}

export function useGroups() {
  return useAll('/admin/v1/groups', { query: { limit: fullPage } });
}

export function useModels(vendor?: string) {
  return useAll('/admin/v1/models', { query: { limit: fullPage, vendor } });
}

export function usePrices(vendor?: string) {
  return useAll('/admin/v1/prices', { query: { limit: fullPage, vendor } });
}
