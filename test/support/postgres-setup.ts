export { startSharedPostgres as default } from './postgres.ts';
