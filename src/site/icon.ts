/** A lodge: roof, wall, and a lit door. Attributes only, because the policy that goes out with it allows no style. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="7" fill="#0b6b4f"/>
<path d="M16 6 5.5 14.6l1.9 2.3L9 15.6V26h14V15.6l1.6 1.3 1.9-2.3z" fill="#fff"/>
<path d="M13 26v-5.5a3 3 0 0 1 6 0V26z" fill="#16a06f"/>
</svg>
`;
