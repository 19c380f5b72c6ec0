import { commonMessages, inLanguage, type Messages, type NoticeText } from '../../shared/src/messages';

/** `no-host`: the service knows no host of the VM; `failed`: it could not look the host up. */
export type ForemanNotice = 'no-host' | 'failed';

/** The plugin's own few words. */
interface OwnMessages {
  dashboard: string;
  details: string;
  graphs: string;
  notices: Record<ForemanNotice, NoticeText>;
}
export type ForemanMessages = OwnMessages & Messages<ForemanNotice>;

const languages = {
  en: {
    dashboard: 'Foreman Dashboard',
    details: 'Foreman Details',
    graphs: 'Foreman Graphs',
    notices: {
      'no-host': [
        'No host of this VM reports here',
        "The Foreman service knows no host with this virtual machine's UUID or name. Point its Puppet or Ansible at the service: the first report or facts that it uploads bring this page to life.",
      ],
      failed: [
        "This VM's host could not be looked up",
        'The Foreman service answered with something else than a list of hosts.',
      ],
    },
  },
  de: {
    dashboard: 'Foreman-Übersicht',
    details: 'Foreman-Details',
    graphs: 'Foreman-Diagramme',
    notices: {
      'no-host': [
        'Kein Host dieser VM meldet sich hier',
        'Der Foreman-Dienst kennt keinen Host mit der UUID oder dem Namen dieser virtuellen Maschine. Richten Sie deren Puppet oder Ansible auf den Dienst: Mit dem ersten Bericht oder den ersten Fakten erscheint hier die Seite.',
      ],
      failed: [
        'Der Host dieser VM konnte nicht gefunden werden',
        'Der Foreman-Dienst hat etwas anderes als eine Liste von Hosts geantwortet.',
      ],
    },
  },
  fr: {
    dashboard: 'Tableau de bord Foreman',
    details: 'Détails Foreman',
    graphs: 'Graphiques Foreman',
    notices: {
      'no-host': [
        'Aucun hôte de cette VM n’envoie de rapports ici',
        'Le service Foreman ne connaît aucun hôte ayant l’UUID ou le nom de cette machine virtuelle. Dirigez son Puppet ou son Ansible vers le service : son premier rapport ou ses premiers faits font apparaître cette page.',
      ],
      failed: [
        'L’hôte de cette VM n’a pas pu être recherché',
        'Le service Foreman a répondu autre chose qu’une liste d’hôtes.',
      ],
    },
  },
  es: {
    dashboard: 'Panel de Foreman',
    details: 'Detalles de Foreman',
    graphs: 'Gráficos de Foreman',
    notices: {
      'no-host': [
        'Ningún host de esta VM informa aquí',
        'El servicio Foreman no conoce ningún host con el UUID o el nombre de esta máquina virtual. Dirija su Puppet o Ansible al servicio: su primer informe o sus primeros datos hacen aparecer esta página.',
      ],
      failed: [
        'No se pudo buscar el host de esta VM',
        'El servicio Foreman respondió algo distinto de una lista de hosts.',
      ],
    },
  },
  pt: {
    dashboard: 'Painel do Foreman',
    details: 'Detalhes do Foreman',
    graphs: 'Gráficos do Foreman',
    notices: {
      'no-host': [
        'Nenhum host desta VM envia relatórios para cá',
        'O serviço do Foreman não conhece nenhum host com o UUID ou o nome desta máquina virtual. Aponte o Puppet ou o Ansible dela para o serviço: o primeiro relatório ou os primeiros fatos fazem esta página aparecer.',
      ],
      failed: [
        'Não foi possível procurar o host desta VM',
        'O serviço do Foreman respondeu algo diferente de uma lista de hosts.',
      ],
    },
  },
  ja: {
    dashboard: 'Foreman ダッシュボード',
    details: 'Foreman の詳細',
    graphs: 'Foreman グラフ',
    notices: {
      'no-host': [
        'この仮想マシンのホストはここに報告していません',
        'Foreman サービスには、この仮想マシンの UUID または名前を持つホストがありません。Puppet または Ansible の送信先をこのサービスにしてください。最初のレポートまたはファクトが届くと、このページが表示されます。',
      ],
      failed: [
        'この仮想マシンのホストを検索できませんでした',
        'Foreman サービスの応答がホストの一覧ではありませんでした。',
      ],
    },
  },
  zh: {
    dashboard: 'Foreman 仪表板',
    details: 'Foreman 详情',
    graphs: 'Foreman 图表',
    notices: {
      'no-host': [
        '此虚拟机没有主机在此报告',
        'Foreman 服务中没有与此虚拟机的 UUID 或名称相同的主机。请将其 Puppet 或 Ansible 指向该服务:收到第一份报告或 facts 后,此页面就会显示。',
      ],
      failed: ['无法查找此虚拟机的主机', 'Foreman 服务的回答不是主机列表。'],
    },
  },
} satisfies Record<string, OwnMessages>;

/** @param locale as webadmin writes it: `pt-BR`, `de_DE`; an unknown language gives English. */
export function messagesFor(locale: string): ForemanMessages {
  const [common, own] = [commonMessages(locale), inLanguage<OwnMessages>(languages, locale)];
  return { ...common, ...own, notices: { ...common.notices, ...own.notices } };
}
