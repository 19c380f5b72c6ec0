/** The plugin's own few words. */
export interface Messages {
  dashboard: string;
  details: string;
  graphs: string;
  /** Heading of the page shown when the service refuses the login. */
  refused: string;
  retry: string;
  /** Shown when the service gives no sentence of its own. */
  noReason: string;
  /** Shown when a login succeeds, but the browser does not send its cookie from a frame. */
  noCookie: string;
  /** Heading of the page shown while the service does not answer. */
  down: string;
  triedAgain: string;
}

const english: Messages = {
  dashboard: 'Foreman Dashboard',
  details: 'Foreman Details',
  graphs: 'Foreman Graphs',
  refused: 'Foreman did not sign you in',
  retry: 'Try again',
  noReason: 'The service gave no reason.',
  noCookie:
    'The sign-in worked, but the browser does not keep it in this frame. Allow cookies for the Foreman service.',
  down: 'The Foreman service does not answer',
  triedAgain: 'It is asked again by itself, and its pages come back as soon as it answers.',
};

const languages: Record<string, Messages> = {
  en: english,
  de: {
    dashboard: 'Foreman-Übersicht',
    details: 'Foreman-Details',
    graphs: 'Foreman-Diagramme',
    refused: 'Foreman hat die Anmeldung abgelehnt',
    retry: 'Erneut versuchen',
    noReason: 'Der Dienst hat keinen Grund genannt.',
    noCookie:
      'Die Anmeldung war erfolgreich, aber der Browser behält sie in diesem Rahmen nicht. Erlauben Sie Cookies für den Foreman-Dienst.',
    down: 'Der Foreman-Dienst antwortet nicht',
    triedAgain: 'Er wird von selbst wieder gefragt; seine Seiten erscheinen, sobald er antwortet.',
  },
  fr: {
    dashboard: 'Tableau de bord Foreman',
    details: 'Détails Foreman',
    graphs: 'Graphiques Foreman',
    refused: 'Foreman a refusé la connexion',
    retry: 'Réessayer',
    noReason: 'Le service n’a pas donné de raison.',
    noCookie:
      'La connexion a réussi, mais le navigateur ne la conserve pas dans ce cadre. Autorisez les cookies du service Foreman.',
    down: 'Le service Foreman ne répond pas',
    triedAgain: 'Il est interrogé à nouveau automatiquement ; ses pages reviennent dès qu’il répond.',
  },
  es: {
    dashboard: 'Panel de Foreman',
    details: 'Detalles de Foreman',
    graphs: 'Gráficos de Foreman',
    refused: 'Foreman rechazó el inicio de sesión',
    retry: 'Reintentar',
    noReason: 'El servicio no indicó el motivo.',
    noCookie:
      'El inicio de sesión funcionó, pero el navegador no lo conserva en este marco. Permita las cookies del servicio Foreman.',
    down: 'El servicio Foreman no responde',
    triedAgain: 'Se le vuelve a consultar automáticamente; sus páginas vuelven en cuanto responda.',
  },
  pt: {
    dashboard: 'Painel do Foreman',
    details: 'Detalhes do Foreman',
    graphs: 'Gráficos do Foreman',
    refused: 'O Foreman recusou o acesso',
    retry: 'Tentar novamente',
    noReason: 'O serviço não informou o motivo.',
    noCookie:
      'O acesso funcionou, mas o navegador não o mantém neste quadro. Permita os cookies do serviço do Foreman.',
    down: 'O serviço do Foreman não responde',
    triedAgain: 'Ele é consultado de novo automaticamente; as páginas voltam assim que ele responder.',
  },
  ja: {
    dashboard: 'Foreman ダッシュボード',
    details: 'Foreman の詳細',
    graphs: 'Foreman グラフ',
    refused: 'Foreman へのサインインが拒否されました',
    retry: '再試行',
    noReason: 'サービスから理由は示されませんでした。',
    noCookie:
      'サインインは成功しましたが、ブラウザーがこのフレームで保持しません。Foreman サービスの Cookie を許可してください。',
    down: 'Foreman サービスが応答しません',
    triedAgain: '自動的に再試行され、応答があり次第ページが表示されます。',
  },
  zh: {
    dashboard: 'Foreman 仪表板',
    details: 'Foreman 详情',
    graphs: 'Foreman 图表',
    refused: 'Foreman 拒绝了登录',
    retry: '重试',
    noReason: '服务没有给出原因。',
    noCookie: '登录成功,但浏览器没有在此框架中保留登录状态。请允许 Foreman 服务使用 Cookie。',
    down: 'Foreman 服务没有响应',
    triedAgain: '系统会自动重试,服务恢复后页面将重新显示。',
  },
};

/** @param locale as webadmin writes it: `pt-BR`, `de_DE`; an unknown language gives English. */
export function messagesFor(locale: string): Messages {
  const language = locale.split(/[-_]/)[0]?.toLowerCase() ?? '';
  return languages[language] ?? english;
}
