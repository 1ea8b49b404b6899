import { frameStyle } from '../http/index.ts';

/**
 * Three columns where there is room: pages, text, what is on this page. Below that the lists fold into `details`, which
 * need no script; where there is room their content is shown without being opened, in browsers that can
 * (`::details-content`), and in others they stay folded.
 */
export const siteStyle = `${frameStyle}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.4rem .8rem;border-radius:6px;z-index:1}
.bar{background:var(--card);border-bottom:1px solid var(--line)}
.bar>div,.foot,.page{max-width:84rem;margin:0 auto;padding:0 1.25rem}
.bar>div{display:flex;align-items:center;gap:.75rem;min-height:3.5rem;padding-top:.5rem;padding-bottom:.5rem}
.bar img{display:block;border-radius:6px}
.home{display:flex;align-items:center;gap:.6rem;color:var(--ink);text-decoration:none;min-width:0}
.home .site{overflow-wrap:anywhere}
.home .site+span{color:var(--soft);padding-left:.6rem;border-left:1px solid var(--line)}
.language{margin-left:auto;white-space:nowrap}
.page{display:grid;gap:0 2.5rem;padding-top:1.25rem;padding-bottom:3rem}
main{min-width:0;max-width:54rem}
article>:not(.wide,pre,h2,.cards){max-width:46rem}
.menu{border:1px solid var(--line);border-radius:10px;background:var(--card);margin-bottom:.6rem;font-size:.9375rem;min-width:0}
.menu summary{padding:.6rem .9rem;cursor:pointer;font-weight:550}
.menu nav{padding:0 .9rem .8rem}
.menu h2{margin:.9rem 0 .3rem;font-size:.8125rem;font-weight:500;color:var(--soft)}
.menu ul{list-style:none;margin:0;padding:0}
.menu a{display:block;padding:.28rem .6rem;margin-left:-.6rem;border-radius:6px;color:inherit;text-decoration:none;overflow-wrap:anywhere}
.menu a:hover{background:var(--code)}
.menu a[aria-current]{background:var(--code);color:var(--accent);font-weight:600}
.foreign{margin:0 0 1rem;color:var(--soft);font-size:.9375rem;border-left:3px solid var(--line);padding-left:.8rem}
h1{margin:.4rem 0 .9rem;font-size:1.75rem}
article h2{margin:2.5rem 0 .7rem;font-size:1.25rem;letter-spacing:-.01em;padding-top:1.4rem;border-top:1px solid var(--line)}
article h1+h2,article h2:has(+.cards){border:0;padding-top:0;margin-top:1.75rem}
article h3{margin:2rem 0 .5rem;font-size:1.0625rem}
article h4{margin:1.5rem 0 .4rem;font-size:1rem}
h1,h2,h3,h4{overflow-wrap:anywhere}
.section{color:var(--soft);text-decoration:none;font-weight:400;opacity:0;padding:0 .3rem}
:is(h2,h3,h4):hover>.section,.section:focus-visible{opacity:1}
:is(h2,h3,h4):target{background:color-mix(in srgb,var(--dot) 16%,transparent);box-shadow:0 0 0 .4rem color-mix(in srgb,var(--dot) 16%,transparent);border-radius:2px}
article img{display:block;max-width:100%;height:auto;border:1px solid var(--line);border-radius:8px}
article p,article ul,article ol{margin:.75rem 0}
article ul,article ol{padding-left:1.35rem}
article li{margin:.3rem 0}
article li::marker{color:var(--soft)}
article pre{margin:1rem 0;line-height:1.5}
.wide{overflow-x:auto;margin:1rem 0}
.wide table{margin:0;font-size:.875rem}
.wide td,.wide th{min-width:4.5rem;padding-right:.6rem}
.wide td:last-child,.wide th:last-child{padding-right:0}
.wide code{overflow-wrap:break-word}
.wide td:first-child code{white-space:nowrap}
.wide a{white-space:nowrap}
.cards{list-style:none;margin:.7rem 0 0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(15rem,100%),1fr));gap:.7rem}
.cards li{margin:0}
.cards a{display:block;height:100%;padding:.85rem 1rem;border:1px solid var(--line);border-radius:10px;background:var(--card);color:var(--soft);text-decoration:none;font-size:.9375rem}
.cards a:hover{border-color:var(--accent)}
.cards strong{display:block;color:var(--accent);font-size:1rem}
.lead{color:var(--soft);font-size:1.0625rem}
.foot{display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;padding-top:1.2rem;padding-bottom:2rem;border-top:1px solid var(--line);color:var(--soft);font-size:.875rem}
.foot span,.foot a{overflow-wrap:anywhere}
.api{overflow-wrap:anywhere}
.call code{font-size:1rem;background:none;padding:0}
.method{display:inline-block;min-width:3.6rem;text-align:center;font:600 .75rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;padding:.05rem .4rem;border-radius:5px;background:var(--code);color:var(--ink)}
.method.get{color:var(--accent)}
.needs,.count,.api small,.api em{color:var(--soft);font-size:.875rem}
.count{padding-left:.3rem}
.fold{border:1px solid var(--line);border-radius:10px;background:var(--card);margin:.6rem 0}
.fold>summary{padding:.5rem .9rem;cursor:pointer;font-weight:550;font-size:.9375rem}
.fold>:not(summary){margin-left:.9rem;margin-right:.9rem}
.fold>.wide,.fold>p{margin-top:0;margin-bottom:.8rem}
.fold>pre{margin:0 .9rem .9rem}
.api .calls{list-style:none;padding:0 0 .4rem}
.api .calls li{padding:.15rem 0}
.api .calls span[lang]{color:var(--soft);font-size:.9375rem}
.api td:first-child{width:1%;min-width:9rem;white-space:nowrap}
.api td:nth-child(2):last-child{line-height:1.9}
.api td:nth-child(2){min-width:8rem}
.d1{padding-left:1.1rem}.d2{padding-left:2.2rem}.d3{padding-left:3.3rem}.d4{padding-left:4.4rem}.d5,.d6{padding-left:5.5rem}
.bar img{width:auto;max-width:9rem}
@media (min-width:56rem){
.page{grid-template-columns:13.5rem minmax(0,1fr);padding-top:2rem}
.page>.contents{grid-column:2}
.page>main{grid-column:2}
@supports selector(::details-content){
.page>.menu{scrollbar-width:thin;scrollbar-color:var(--line) transparent}
.page>.all{grid-row:1/span 3;border:0;background:none;align-self:start;position:sticky;top:1.5rem;max-height:calc(100vh - 3rem);overflow-y:auto;padding-left:.6rem;margin-left:-.6rem}
.all summary{display:none}
.all::details-content{content-visibility:visible}
.all nav{padding:0 .2rem 0 0}
.all h2:first-child{margin-top:.2rem}
}}
@media (min-width:76rem){@supports selector(::details-content){
.page.with-contents{grid-template-columns:13.5rem minmax(0,1fr) 13.5rem}
.page>.contents{grid-column:3;grid-row:1/span 3;border:0;background:none;align-self:start;position:sticky;top:1.5rem;max-height:calc(100vh - 3rem);overflow-y:auto;font-size:.875rem;padding-left:.6rem}
.page>main{grid-row:1}
.contents summary{padding:.2rem 0 .3rem;list-style:none;pointer-events:none;font-size:.8125rem;font-weight:500;color:var(--soft)}
.contents summary::-webkit-details-marker{display:none}
.contents::details-content{content-visibility:visible}
.contents nav{padding:0}
}}
@media (max-width:34rem){.bar>div,.foot,.page{padding-left:1rem;padding-right:1rem}h1{font-size:1.5rem}.home .site+span{display:none}
.menu a{padding-top:.45rem;padding-bottom:.45rem}}
@media (max-width:34rem){
.api thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.api tbody tr{display:block;padding:.45rem 0;border-top:1px solid var(--line)}
.api tbody td{display:block;border:0;padding-top:.1rem;padding-bottom:.1rem}
.api td:empty{display:none}
}
@media (hover:none){.section{opacity:.6}}
`;
