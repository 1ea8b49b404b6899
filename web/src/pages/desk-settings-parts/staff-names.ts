import { useRead } from '../../api/queries.ts';

export interface StaffName {
  readonly id: string;
  readonly name: string;
}

const none: readonly StaffName[] = [];

/** Who can be given tickets; empty until it is known. */
export function useStaffNames(): readonly StaffName[] {
  return useRead('/admin/v1/ticket-assignees', {}).data?.data ?? none;
}
