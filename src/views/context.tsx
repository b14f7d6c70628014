/** Hands the dashboard to the views. */
import { createContext, useContext, type ReactNode } from 'react';
import type { Dashboard } from '../dashboard/dashboard.ts';

const DashboardContext = createContext<Dashboard | undefined>(undefined);

interface ProviderProps {
  readonly dashboard: Dashboard;
  readonly children: ReactNode;
}

export function DashboardProvider({ dashboard, children }: ProviderProps) {
  return <DashboardContext value={dashboard}>{children}</DashboardContext>;
}

export function useDashboard(): Dashboard {
  const dashboard = useContext(DashboardContext);
  if (dashboard === undefined) throw new Error('A view was rendered outside DashboardProvider.');
  return dashboard;
}
