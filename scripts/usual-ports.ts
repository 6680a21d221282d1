/** Where guide and clinic answer when nothing else is asked for. */
export const GUIDE_PORT = 4000;
export const CLINIC_PORT = 8000;
